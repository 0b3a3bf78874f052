/* Written by data/extract-strings.py; do not edit. */
/* Translators: presets/a-against-a.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("A against A")
/* Translators: presets/a-against-a.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("One model against itself: the difference is this machine’s noise")
/* Translators: presets/all-cores.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("All the cores")
/* Translators: presets/all-cores.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("20,000 requests without delay: one loop, several threads, several processes")
/* Translators: presets/batches.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("Batches")
/* Translators: presets/batches.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("2,000 requests of uneven length, all at once or in batches of 200")
/* Translators: presets/connections.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("Connections kept or not")
/* Translators: presets/connections.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("400 requests without keep-alive: what a new connection for each costs")
/* Translators: presets/cpu-bound.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("Counting characters")
/* Translators: presets/cpu-bound.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("CPU work under six models: only more cores make it faster")
/* Translators: presets/delay-sweep.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("From fast to slow answers")
/* Translators: presets/delay-sweep.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("Where waiting begins to matter: answers after 0 to 100 ms")
/* Translators: presets/download.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("Large answers")
/* Translators: presets/download.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("200 answers of 1 MiB each")
/* Translators: presets/failures.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("When failure starts")
/* Translators: presets/failures.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("Every tenth answer is an error, every twentieth connection is dropped")
/* Translators: presets/first.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("First experiment")
/* Translators: presets/first.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("80 requests of 0.1 s under four models")
/* Translators: presets/gil-waiting.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("The lock while waiting")
/* Translators: presets/gil-waiting.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("The same lock, on requests that wait: it hardly matters")
/* Translators: presets/gil.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("One interpreter lock")
/* Translators: presets/gil.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads with and without a global lock, on CPU work")
/* Translators: presets/latency-tail.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("What the mean hides")
/* Translators: presets/latency-tail.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("2,000 answers whose time varies much: look at the percentiles")
/* Translators: presets/loop-sweep.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("In flight from 1 to 1,000")
/* Translators: presets/loop-sweep.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("The same on one thread: a main loop with ever more requests in flight")
/* Translators: presets/mixed.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("Waiting and computing")
/* Translators: presets/mixed.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("400 answers of 64 KiB, each hashed (SHA-256) afterwards")
/* Translators: presets/open-loop.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("At a fixed rate")
/* Translators: presets/open-loop.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("200 requests per second, whether or not the earlier ones are answered")
/* Translators: presets/published-cpu.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("Published: counting characters")
/* Translators: presets/published-cpu.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("The work of a published measurement: the characters of 100,000 URLs, with and without a lock")
/* Translators: presets/published-guide.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("Published: 5 and 20 requests")
/* Translators: presets/published-guide.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("The work of a published guide: 5 and 20 requests of 1 s, one by one or all at once")
/* Translators: presets/published-io-sync.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("Published: downloads, one by one")
/* Translators: presets/published-io-sync.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("The synchronous part of that measurement: 100 URLs of 180 ms, beside a loop with as many")
/* Translators: presets/published-io.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("Published: downloads to files")
/* Translators: presets/published-io.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("The work of a published measurement, scaled: 10,000 URLs of 180 ms instead of up to 100,000")
/* Translators: presets/published-server.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("Published: loops, threads, processes")
/* Translators: presets/published-server.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("The work of a published measurement, scaled: 100,000 JSON requests instead of up to 1,000,000")
/* Translators: presets/ten-thousand.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("Ten thousand requests")
/* Translators: presets/ten-thousand.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("10,000 requests of 0.2 s: a hundred threads against loops")
/* Translators: presets/threads-sweep.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads from 1 to 1,000")
/* Translators: presets/threads-sweep.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("How many threads are enough for 1,000 requests of 10 ms?")
/* Translators: presets/waiting-together.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("Waiting together")
/* Translators: presets/waiting-together.json, description; leave words in {braces} as they are, xgettext:no-c-format */
N_("20 requests of 1 s: one after another, or all at once")
/* Translators: published/80-requests.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("80 requests of about 0.1 s")
/* Translators: published/80-requests.json, notes; leave words in {braces} as they are, xgettext:no-c-format */
N_("One run each, against a public site over the Internet. The threads kept one session each and so reused their connections; the event loop opened a new connection for every request, which is most of its time. With a local server, or with 400 requests instead of 80, the loop overtakes the threads.")
/* Translators: published/80-requests.json, source; leave words in {braces} as they are, xgettext:no-c-format */
N_("A tutorial on concurrency in Python (requests, concurrent.futures, aiohttp)")
/* Translators: published/80-requests.json, trials.0.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("synchronous")
/* Translators: published/80-requests.json, trials.1.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("threads, 20 workers")
/* Translators: published/80-requests.json, trials.2.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("asyncio, a new connection each")
/* Translators: published/asyncio-vs-thread-cpu.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("Character encoding, 100,000 URLs")
/* Translators: published/asyncio-vs-thread-cpu.json, notes; leave words in {braces} as they are, xgettext:no-c-format */
N_("Python 3.12 on four cores: the bytes of every character of 100,000 generated URLs. Under one interpreter lock neither a loop nor threads make computing faster, and threads add the cost of handing the lock over. The threads processed fewer bytes than the others, so the times are not of quite the same work. Memory was given in MB.")
/* Translators: published/asyncio-vs-thread-cpu.json, source; leave words in {braces} as they are, xgettext:no-c-format */
N_("Romulad, asyncio-vs-thread")
/* Translators: published/asyncio-vs-thread-cpu.json, trials.0.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("synchronous")
/* Translators: published/asyncio-vs-thread-cpu.json, trials.1.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("asyncio")
/* Translators: published/asyncio-vs-thread-cpu.json, trials.2.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("10 threads")
/* Translators: published/asyncio-vs-thread-io.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("Downloads written to files, up to 100,000 URLs")
/* Translators: published/asyncio-vs-thread-io.json, notes; leave words in {braces} as they are, xgettext:no-c-format */
N_("Python 3.12 on four cores: GET over the Internet from an HTTPBin server that answered in about 180 ms, each body written to a file. The number of URLs differs between the models, from 100 for the synchronous one to 100,000 for asyncio, so no speed-up can be computed from these times. Reasons of the failures were not given. Speeds were given in kB/s and stand here in KiB/s; memory was given in MB.")
/* Translators: published/asyncio-vs-thread-io.json, source; leave words in {braces} as they are, xgettext:no-c-format */
N_("Romulad, asyncio-vs-thread")
/* Translators: published/asyncio-vs-thread-io.json, trials.0.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("synchronous")
/* Translators: published/asyncio-vs-thread-io.json, trials.1.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("synchronous")
/* Translators: published/asyncio-vs-thread-io.json, trials.2.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("asyncio")
/* Translators: published/asyncio-vs-thread-io.json, trials.3.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("asyncio")
/* Translators: published/asyncio-vs-thread-io.json, trials.4.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("100 threads")
/* Translators: published/asyncio-vs-thread-io.json, trials.5.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("1,000 threads")
/* Translators: published/asyncio-vs-thread-io.json, trials.6.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("10 threads, a loop each")
/* Translators: published/asyncio-vs-thread-io.json, trials.7.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("100 threads, a loop each")
/* Translators: published/asyncio-vs-thread-io.json, trials.8.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("1,000 threads, a loop each")
/* Translators: published/event-loops-vs-threads.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("Event loop, threads and processes, 100,000 and 1,000,000 URLs")
/* Translators: published/event-loops-vs-threads.json, notes; leave words in {braces} as they are, xgettext:no-c-format */
N_("A local server written in Go that reads JSON and answers JSON, on one laptop, with at most 1,000 connections at once. Batches keep the number of waiting tasks small, and processes use more than one core. The time for 100,000 URLs in one loop is 0.51 s of creating tasks and 29.26 s of running them, and for 1,000,000 it is 5.62 s and 159.19 s. A batch of 10,000 took 2.46 s of the 100,000, and 1.37 s of the 1,000,000.")
/* Translators: published/event-loops-vs-threads.json, source; leave words in {braces} as they are, xgettext:no-c-format */
N_("Event loops vs multithreading vs multiprocessing (a measurement with a local Go server)")
/* Translators: published/event-loops-vs-threads.json, trials.0.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("asyncio, no batching")
/* Translators: published/event-loops-vs-threads.json, trials.1.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("asyncio, batches of 10,000")
/* Translators: published/event-loops-vs-threads.json, trials.2.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("processes, each with asyncio")
/* Translators: published/event-loops-vs-threads.json, trials.3.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("threads, pool")
/* Translators: published/event-loops-vs-threads.json, trials.4.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("threads, basic")
/* Translators: published/event-loops-vs-threads.json, trials.5.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("serial")
/* Translators: published/event-loops-vs-threads.json, trials.6.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("asyncio, no batching")
/* Translators: published/event-loops-vs-threads.json, trials.7.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("asyncio, batches of 10,000")
/* Translators: published/event-loops-vs-threads.json, trials.8.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("processes, each with asyncio")
/* Translators: published/event-loops-vs-threads.json, trials.9.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("threads, pool")
/* Translators: published/event-loops-vs-threads.json, trials.10.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("threads, basic")
/* Translators: published/event-loops-vs-threads.json, trials.11.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("serial")
/* Translators: published/sync-to-async.json, name; leave words in {braces} as they are, xgettext:no-c-format */
N_("From synchronous to asynchronous, 5 and 20 requests of 1 s")
/* Translators: published/sync-to-async.json, notes; leave words in {braces} as they are, xgettext:no-c-format */
N_("Requests to an HTTPBin server that waits one second before it answers. All times are rounded by their author. The asynchronous time hardly grows from 5 to 20 requests, because they wait at the same time.")
/* Translators: published/sync-to-async.json, source; leave words in {braces} as they are, xgettext:no-c-format */
N_("A guide from synchronous to asynchronous Python (requests, httpx)")
/* Translators: published/sync-to-async.json, trials.0.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("synchronous")
/* Translators: published/sync-to-async.json, trials.1.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("asynchronous")
/* Translators: published/sync-to-async.json, trials.2.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("synchronous")
/* Translators: published/sync-to-async.json, trials.3.model; leave words in {braces} as they are, xgettext:no-c-format */
N_("asynchronous")
/* Translators: lessons/all-the-cores.json, title; leave words in {braces} as they are, xgettext:no-c-format */
N_("All the cores")
/* Translators: lessons/all-the-cores.json, question; leave words in {braces} as they are, xgettext:no-c-format */
N_("{requests} requests that are answered at once: here the program computes and hardly waits. One loop, or two processes with a loop each: how much faster?")
/* Translators: lessons/all-the-cores.json, prediction.prompt; leave words in {braces} as they are, xgettext:no-c-format */
N_("Two processes are …")
/* Translators: lessons/all-the-cores.json, prediction.choices.0.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("as fast")
/* Translators: lessons/all-the-cores.json, prediction.choices.1.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("1.5 × faster")
/* Translators: lessons/all-the-cores.json, prediction.choices.2.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("2 × faster")
/* Translators: lessons/all-the-cores.json, prediction.choices.3.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("4 × faster")
/* Translators: lessons/all-the-cores.json, outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("This machine gives the program one core.")
/* Translators: lessons/all-the-cores.json, outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One loop took {time_loop}, two processes {time_processes}. With a single core there is nothing to share, so this run cannot show what more cores bring.")
/* Translators: lessons/all-the-cores.json, outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Two processes were {speedup} times faster.")
/* Translators: lessons/all-the-cores.json, outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One loop took {time_loop} and kept {cpu_loop} of a core busy; two processes took {time_processes} and {cpu_processes}. Two threads with a loop each took {time_threads}. The server used {server} of a core beside them, on {cores} cores in all. Memory: {memory_loop} for one process, {memory_processes} for two with their parent.")
/* Translators: lessons/all-the-cores.json, outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Two processes were only {speedup} times faster.")
/* Translators: lessons/all-the-cores.json, outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One loop took {time_loop} and kept {cpu_loop} of a core busy; two processes took {time_processes} and {cpu_processes}. The server used {server} of a core, and all of them share {cores} cores.")
/* Translators: lessons/all-the-cores.json, outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Two processes were not clearly faster.")
/* Translators: lessons/all-the-cores.json, outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One loop took {time_loop}, two processes {time_processes}. The client used {cpu_processes} of a core and the server {server}, on {cores} cores. The textbook expects a gain where cores are free.")
/* Translators: lessons/all-the-cores.json, outcomes.4.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/all-the-cores.json, outcomes.4.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Both models must have finished every repetition. Run the lesson again.")
/* Translators: lessons/all-the-cores.json, follow_ups.0.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("With waiting")
/* Translators: lessons/all-the-cores.json, follow_ups.0.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Now each answer takes {delay}. Do two processes still win?")
/* Translators: lessons/all-the-cores.json, follow_ups.0.outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("No: the gain is gone.")
/* Translators: lessons/all-the-cores.json, follow_ups.0.outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One loop took {time_loop}, two processes {time_processes}. The loop used {cpu_loop} of a core; it waits, and waiting needs no second core.")
/* Translators: lessons/all-the-cores.json, follow_ups.0.outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Yes, by a factor of {speedup}.")
/* Translators: lessons/all-the-cores.json, follow_ups.0.outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One loop took {time_loop} with {cpu_loop} of a core, two processes {time_processes}.")
/* Translators: lessons/all-the-cores.json, follow_ups.0.outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/all-the-cores.json, follow_ups.0.outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Both models must have finished every repetition.")
/* Translators: lessons/all-the-cores.json, follow_ups.1.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("More processes than cores")
/* Translators: lessons/all-the-cores.json, follow_ups.1.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Four and eight processes: does it go on?")
/* Translators: lessons/all-the-cores.json, note; leave words in {braces} as they are, xgettext:no-c-format */
N_("Client and server share this machine. On two cores the server takes its part, so a factor of two cannot be reached here; on a larger machine it can. That is worth saying before somebody asks.")
/* Translators: lessons/batches.json, title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Batches")
/* Translators: lessons/batches.json, question; leave words in {braces} as they are, xgettext:no-c-format */
N_("{requests} requests. One loop has up to 5,000 in flight; another takes them in batches of 10,000 with at most 1,000 in flight. Which needs less memory, and which less time?")
/* Translators: lessons/batches.json, prediction.prompt; leave words in {braces} as they are, xgettext:no-c-format */
N_("Batches need …")
/* Translators: lessons/batches.json, prediction.choices.0.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("less memory and less time")
/* Translators: lessons/batches.json, prediction.choices.1.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("less memory only")
/* Translators: lessons/batches.json, prediction.choices.2.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("less time only")
/* Translators: lessons/batches.json, prediction.choices.3.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("neither")
/* Translators: lessons/batches.json, outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Batches needed less of both: without them it was {memory} times the memory and {time} times the time.")
/* Translators: lessons/batches.json, outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Without batches: {memory_plain}, {time_plain}, at most {flight_plain} in flight. With batches: {memory_batched}, {time_batched}, at most {flight_batched}. Creating the tasks took {creation_plain} and {creation_batched} of that. The one with more in flight held more memory.")
/* Translators: lessons/batches.json, outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Batches saved memory, {memory} to 1, and no time.")
/* Translators: lessons/batches.json, outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Without batches: {memory_plain}, {time_plain}, at most {flight_plain} in flight. With batches: {memory_batched}, {time_batched}, at most {flight_batched}. Creating the tasks took {creation_plain} and {creation_batched} of that. A batch ends with its slowest request, which is the price.")
/* Translators: lessons/batches.json, outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Batches saved time, {time} to 1, and no memory.")
/* Translators: lessons/batches.json, outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Without batches: {memory_plain}, {time_plain}. With batches: {memory_batched}, {time_batched}. Textbooks expect less memory from batches; these data do not show it. Creating the tasks took {creation_plain} and {creation_batched}.")
/* Translators: lessons/batches.json, outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Batches saved neither memory nor time.")
/* Translators: lessons/batches.json, outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Without batches: {memory_plain}, {time_plain}. With batches: {memory_batched}, {time_batched}. That contradicts the published figures. Creating the tasks took {creation_plain} and {creation_batched}.")
/* Translators: lessons/batches.json, outcomes.4.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/batches.json, outcomes.4.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Memory and time of both models must have been measured. Run the lesson again.")
/* Translators: lessons/batches.json, follow_ups.0.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("The same number in flight")
/* Translators: lessons/batches.json, follow_ups.0.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Both have at most 1,000 in flight now, with uneven answers. What does the end of each batch cost?")
/* Translators: lessons/batches.json, follow_ups.0.outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Batches took {cost} times as long.")
/* Translators: lessons/batches.json, follow_ups.0.outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Without batches {time_plain}, with batches {time_batched}. At the end of each batch the loop waits for its last answers instead of sending the next requests.")
/* Translators: lessons/batches.json, follow_ups.0.outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The batches cost no clear time.")
/* Translators: lessons/batches.json, follow_ups.0.outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Without batches {time_plain}, with batches {time_batched}.")
/* Translators: lessons/batches.json, follow_ups.0.outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/batches.json, follow_ups.0.outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Both models must have finished every repetition.")
/* Translators: lessons/batches.json, follow_ups.1.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Small batches")
/* Translators: lessons/batches.json, follow_ups.1.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Batches of 1,000, 10,000 and 50,000: does the size matter?")
/* Translators: lessons/batches.json, note; leave words in {braces} as they are, xgettext:no-c-format */
N_("The creation of tasks is measured apart, as in the published figures: 0.51 of 29.84 s there. Ask which part of the program holds memory while it waits. If this machine refuses 5,000 connections, the plan says which limit it met.")
/* Translators: lessons/cpu-bound.json, title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Counting characters")
/* Translators: lessons/cpu-bound.json, question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Now nobody waits: the program encodes the characters of {requests} addresses. One after another, in a loop, in two threads, in two processes: which ones are faster than one after another?")
/* Translators: lessons/cpu-bound.json, prediction.prompt; leave words in {braces} as they are, xgettext:no-c-format */
N_("Clearly faster are …")
/* Translators: lessons/cpu-bound.json, prediction.choices.0.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("the loop")
/* Translators: lessons/cpu-bound.json, prediction.choices.1.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("threads and processes")
/* Translators: lessons/cpu-bound.json, prediction.choices.2.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("only processes")
/* Translators: lessons/cpu-bound.json, prediction.choices.3.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("none")
/* Translators: lessons/cpu-bound.json, outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("This machine gives the program one core.")
/* Translators: lessons/cpu-bound.json, outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One after another took {time_sync}, threads {time_threads}, processes {time_processes}. With a single core there is nothing to share.")
/* Translators: lessons/cpu-bound.json, outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads were {threads} times and processes {processes} times faster; the loop was not.")
/* Translators: lessons/cpu-bound.json, outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One after another took {time_sync}, the loop {time_loop}, threads {time_threads}, processes {time_processes}. One after another used {cpu_sync} of a core, the threads {cpu_threads}. A loop computes on one core, so it has nothing to gain where nothing waits. Published measurements with Python threads saw no gain: they had a global lock, these threads have none.")
/* Translators: lessons/cpu-bound.json, outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Only processes were clearly faster, {processes} times.")
/* Translators: lessons/cpu-bound.json, outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One after another took {time_sync}, threads {time_threads}, processes {time_processes}. Threads without a global lock are expected to gain too; here they used {cpu_threads} of a core.")
/* Translators: lessons/cpu-bound.json, outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The loop was faster too: {loop} times.")
/* Translators: lessons/cpu-bound.json, outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One after another took {time_sync}, the loop {time_loop}, threads {time_threads}, processes {time_processes}. A loop on one thread computes no faster by itself, so look for noise: a model compared with itself shows how much this machine has.")
/* Translators: lessons/cpu-bound.json, outcomes.4.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("None was clearly faster.")
/* Translators: lessons/cpu-bound.json, outcomes.4.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One after another took {time_sync}, the loop {time_loop}, threads {time_threads}, processes {time_processes}, with {cores} cores. Something else may be using the other cores: see the warnings.")
/* Translators: lessons/cpu-bound.json, outcomes.5.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The order does not fit any of the choices.")
/* Translators: lessons/cpu-bound.json, outcomes.5.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One after another took {time_sync}, the loop {time_loop}, threads {time_threads}, processes {time_processes}. Read the chart with its intervals.")
/* Translators: lessons/cpu-bound.json, follow_ups.0.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("More threads than cores")
/* Translators: lessons/cpu-bound.json, follow_ups.0.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("2, 4 and 16 threads: does it go on?")
/* Translators: lessons/cpu-bound.json, follow_ups.1.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("The same under a lock")
/* Translators: lessons/cpu-bound.json, follow_ups.1.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Two threads that must hold one lock to compute: what is left of the gain?")
/* Translators: lessons/cpu-bound.json, note; leave words in {braces} as they are, xgettext:no-c-format */
N_("The result of every model is checked: all must count the same bytes. In the published figures the threads processed fewer bytes than the others. Follow with the lesson on the interpreter lock.")
/* Translators: lessons/grow-the-load.json, title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Grow the load")
/* Translators: lessons/grow-the-load.json, question; leave words in {braces} as they are, xgettext:no-c-format */
N_("{sweep} requests of {delay}. A hundred threads against one loop that may have 1,000 in flight: where does the loop pull ahead?")
/* Translators: lessons/grow-the-load.json, prediction.prompt; leave words in {braces} as they are, xgettext:no-c-format */
N_("The loop is clearly faster …")
/* Translators: lessons/grow-the-load.json, prediction.choices.0.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("from 80 requests on")
/* Translators: lessons/grow-the-load.json, prediction.choices.1.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("from 400 on")
/* Translators: lessons/grow-the-load.json, prediction.choices.2.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("only at the largest number")
/* Translators: lessons/grow-the-load.json, prediction.choices.3.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("nowhere")
/* Translators: lessons/grow-the-load.json, outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The loop was faster at every load: {few}, {some} and {many} times.")
/* Translators: lessons/grow-the-load.json, outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("There is no crossing between 80 and {most} requests here. At {most} the threads took {time_threads} with at most {flight_threads} in flight, the loop {time_loop} with {flight_loop}.")
/* Translators: lessons/grow-the-load.json, outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The loop pulled ahead between 80 and 400 requests.")
/* Translators: lessons/grow-the-load.json, outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("At 80 requests it was not clearly faster, at 400 it was {some} times faster, and {many} times at {most}. A hundred threads can wait for at most {flight_threads} answers at once, the loop had {flight_loop}. As long as every request finds a thread, there is little to win.")
/* Translators: lessons/grow-the-load.json, outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The loop pulled ahead between 400 and {most} requests.")
/* Translators: lessons/grow-the-load.json, outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("At 400 requests it was not clearly faster, at {most} it was {many} times faster: {time_threads} for the threads, {time_loop} for the loop.")
/* Translators: lessons/grow-the-load.json, outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The loop was nowhere clearly faster at the largest load.")
/* Translators: lessons/grow-the-load.json, outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("At {most} requests the threads took {time_threads}, the loop {time_loop}. The textbook expects the loop ahead; these data do not show it.")
/* Translators: lessons/grow-the-load.json, outcomes.4.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/grow-the-load.json, outcomes.4.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("All three loads must have been measured under both models. Run the lesson again.")
/* Translators: lessons/grow-the-load.json, follow_ups.0.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("As many threads")
/* Translators: lessons/grow-the-load.json, follow_ups.0.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Give the threads the same chance: 1,000 of them. Who wins now?")
/* Translators: lessons/grow-the-load.json, follow_ups.0.outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The loop stays ahead, {ratio} times, with less memory.")
/* Translators: lessons/grow-the-load.json, follow_ups.0.outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("At {most} requests the threads took {time_threads} and {memory_threads}, the loop {time_loop} and {memory_loop}.")
/* Translators: lessons/grow-the-load.json, follow_ups.0.outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The threads caught up, and paid with memory: {memory} times as much.")
/* Translators: lessons/grow-the-load.json, follow_ups.0.outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("At {most} requests the threads took {time_threads} and {memory_threads}, the loop {time_loop} and {memory_loop}.")
/* Translators: lessons/grow-the-load.json, follow_ups.0.outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("No simple answer.")
/* Translators: lessons/grow-the-load.json, follow_ups.0.outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("At {most} requests the threads took {time_threads} and {memory_threads}, the loop {time_loop} and {memory_loop}. Look at the charts of time and memory.")
/* Translators: lessons/grow-the-load.json, follow_ups.1.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Answers in no time")
/* Translators: lessons/grow-the-load.json, follow_ups.1.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("If the server answers at once, is there anything to win by waiting together?")
/* Translators: lessons/grow-the-load.json, note; leave words in {braces} as they are, xgettext:no-c-format */
N_("Both axes of the chart grow by factors, so parallel lines mean a fixed ratio. Ask why the lines lie together at the left. Published advice says threads up to about 200 requests and a loop above 1,000: see where it turns on your machine.")
/* Translators: lessons/how-many-threads.json, title; leave words in {braces} as they are, xgettext:no-c-format */
N_("How many threads are enough?")
/* Translators: lessons/how-many-threads.json, question; leave words in {braces} as they are, xgettext:no-c-format */
N_("{requests} requests of {delay}. A hundred threads instead of ten are about ten times faster. And {most} instead of a hundred?")
/* Translators: lessons/how-many-threads.json, prediction.prompt; leave words in {braces} as they are, xgettext:no-c-format */
N_("The most threads are so many times faster than 100:")
/* Translators: lessons/how-many-threads.json, prediction.unit; leave words in {braces} as they are, xgettext:no-c-format */
N_("×")
/* Translators: lessons/how-many-threads.json, outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The step to {most} threads brought {hundred_to_most} times, the step before it {ten_to_hundred}.")
/* Translators: lessons/how-many-threads.json, outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("10 threads took {time_10}, 100 took {time_100}, {most} took {time_most}. A request cost {cpu_100} of CPU time with 100 threads and {cpu_most} with {most}, and memory went from {memory_100} to {memory_most}. More threads still help, but each new one helps less.")
/* Translators: lessons/how-many-threads.json, outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("{most} threads were not clearly faster than 100.")
/* Translators: lessons/how-many-threads.json, outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("10 threads took {time_10}, 100 took {time_100}, {most} took {time_most}. Memory went from {memory_100} to {memory_most}, and a request from {cpu_100} to {cpu_most} of CPU time. Published measurements see a sweet spot near 100 too.")
/* Translators: lessons/how-many-threads.json, outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("{most} threads were {hundred_to_most} times faster than 100.")
/* Translators: lessons/how-many-threads.json, outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("10 threads took {time_10}, 100 took {time_100}, {most} took {time_most}: with waiting this long, threads still pay. Published measurements see a sweet spot near 100; this machine does not, with this load. Memory went from {memory_100} to {memory_most}.")
/* Translators: lessons/how-many-threads.json, outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("{most} threads were {hundred_to_most} times faster than 100.")
/* Translators: lessons/how-many-threads.json, outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("10 threads took {time_10}, 100 took {time_100}, {most} took {time_most}. The step from 10 to 100 brought less than the textbook’s factor of ten: {ten_to_hundred}.")
/* Translators: lessons/how-many-threads.json, outcomes.4.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/how-many-threads.json, outcomes.4.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("All three numbers of threads must have been measured. Run the lesson again.")
/* Translators: lessons/how-many-threads.json, follow_ups.0.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Longer waiting")
/* Translators: lessons/how-many-threads.json, follow_ups.0.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Each answer takes {delay} now. Do {most} threads pay?")
/* Translators: lessons/how-many-threads.json, follow_ups.0.outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("They do: {step} times faster than 100.")
/* Translators: lessons/how-many-threads.json, follow_ups.0.outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("100 threads took {time_100}, {most} took {time_most}. How many threads are enough depends on how long they wait.")
/* Translators: lessons/how-many-threads.json, follow_ups.0.outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("They do not clearly pay, even now.")
/* Translators: lessons/how-many-threads.json, follow_ups.0.outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("100 threads took {time_100}, {most} took {time_most}.")
/* Translators: lessons/how-many-threads.json, follow_ups.0.outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/how-many-threads.json, follow_ups.0.outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("All numbers of threads must have been measured.")
/* Translators: lessons/how-many-threads.json, follow_ups.1.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("A loop beside them")
/* Translators: lessons/how-many-threads.json, follow_ups.1.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("The same numbers in flight, under one loop: which line lies lower?")
/* Translators: lessons/how-many-threads.json, follow_ups.1.outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("With {most} in flight the loop was {ratio} times faster.")
/* Translators: lessons/how-many-threads.json, follow_ups.1.outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("With 100 in flight the threads took {threads_100}, the loop {loop_100}; with {most}, {threads_most} and {loop_most}.")
/* Translators: lessons/how-many-threads.json, follow_ups.1.outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("With {most} in flight the threads were {inverse} times faster.")
/* Translators: lessons/how-many-threads.json, follow_ups.1.outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("With 100 in flight the threads took {threads_100}, the loop {loop_100}; with {most}, {threads_most} and {loop_most}.")
/* Translators: lessons/how-many-threads.json, follow_ups.1.outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("With {most} in flight there is no clear difference.")
/* Translators: lessons/how-many-threads.json, follow_ups.1.outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("With 100 in flight the threads took {threads_100}, the loop {loop_100}; with {most}, {threads_most} and {loop_most}.")
/* Translators: lessons/how-many-threads.json, follow_ups.1.outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/how-many-threads.json, follow_ups.1.outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("All numbers of threads must have been measured.")
/* Translators: lessons/how-many-threads.json, note; leave words in {braces} as they are, xgettext:no-c-format */
N_("Expect guesses of 10. A thousand requests over a thousand threads would need one round of waiting; what is measured beyond it is the work of starting, switching and connecting. The lesson names CPU time and memory, because both are measured.")
/* Translators: lessons/inside-the-loop.json, title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Inside the loop")
/* Translators: lessons/inside-the-loop.json, question; leave words in {braces} as they are, xgettext:no-c-format */
N_("{requests} requests, each waits {delay}. One thread, one loop. What does the thread do while all three wait?")
/* Translators: lessons/inside-the-loop.json, prediction.prompt; leave words in {braces} as they are, xgettext:no-c-format */
N_("Of the whole time, the loop’s thread computes …")
/* Translators: lessons/inside-the-loop.json, prediction.choices.0.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("all of it")
/* Translators: lessons/inside-the-loop.json, prediction.choices.1.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("about a third")
/* Translators: lessons/inside-the-loop.json, prediction.choices.2.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("almost nothing")
/* Translators: lessons/inside-the-loop.json, outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("It computed for {cpu} of the time; the rest it slept.")
/* Translators: lessons/inside-the-loop.json, outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("The loop took {time_loop}, one after another {time_sync}: {speedup} times as long. {in_flight} requests were in flight together, and the process gave up the processor {switches} times of its own will, to wait. Play the replay: the loop sends three requests, sleeps, and wakes for each answer.")
/* Translators: lessons/inside-the-loop.json, outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("It computed for {cpu} of the time.")
/* Translators: lessons/inside-the-loop.json, outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("The loop took {time_loop}, one after another {time_sync}. With waiting this short, setting up takes a visible part. Make the delay longer and compare.")
/* Translators: lessons/inside-the-loop.json, outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The loop was not clearly faster than one after another.")
/* Translators: lessons/inside-the-loop.json, outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("The loop took {time_loop}, one after another {time_sync}; {in_flight} were in flight together. The replay shows when each of them started.")
/* Translators: lessons/inside-the-loop.json, outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/inside-the-loop.json, outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Both models must have finished every repetition. What was recorded can still be replayed.")
/* Translators: lessons/inside-the-loop.json, follow_ups.0.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Uneven answers")
/* Translators: lessons/inside-the-loop.json, follow_ups.0.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Now the answers take different times. In which order do they come back?")
/* Translators: lessons/inside-the-loop.json, follow_ups.1.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("A loop that must compute")
/* Translators: lessons/inside-the-loop.json, follow_ups.1.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Each answer is large and hashed. Who waits while one is hashed?")
/* Translators: lessons/inside-the-loop.json, note; leave words in {braces} as they are, xgettext:no-c-format */
N_("This lesson is for the replay: slow it down until the turns of the loop can be seen, and step with the arrow keys. Point at the three states of a request: ready, waiting, done.")
/* Translators: lessons/interpreter-lock.json, title; leave words in {braces} as they are, xgettext:no-c-format */
N_("What an interpreter lock does")
/* Translators: lessons/interpreter-lock.json, question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Two threads compute. Two others do the same, but only who holds the lock may compute, as in CPython. How much faster are the free threads?")
/* Translators: lessons/interpreter-lock.json, prediction.prompt; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads without the lock are …")
/* Translators: lessons/interpreter-lock.json, prediction.choices.0.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("as fast")
/* Translators: lessons/interpreter-lock.json, prediction.choices.1.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("2 × faster")
/* Translators: lessons/interpreter-lock.json, prediction.choices.2.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("4 × faster")
/* Translators: lessons/interpreter-lock.json, prediction.choices.3.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("10 × faster")
/* Translators: lessons/interpreter-lock.json, outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("This machine gives the program one core.")
/* Translators: lessons/interpreter-lock.json, outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Free threads took {time_free}, threads under the lock {time_locked}, one after another {time_sync}. Where there is one core, the lock takes nothing away.")
/* Translators: lessons/interpreter-lock.json, outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Without the lock, two threads were {gain} times faster.")
/* Translators: lessons/interpreter-lock.json, outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Free threads took {time_free}, threads under the lock {time_locked}, one after another {time_sync}. The free ones used {cpu_free} of a core, the locked ones {cpu_locked}: the lock lets one compute at a time. Compared with one after another, threads under the lock took {locked} times as long.")
/* Translators: lessons/interpreter-lock.json, outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Without the lock, two threads were only {gain} times faster.")
/* Translators: lessons/interpreter-lock.json, outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Free threads took {time_free} and {cpu_free} of a core, threads under the lock {time_locked} and {cpu_locked}. The textbook expects about 2 on two free cores.")
/* Translators: lessons/interpreter-lock.json, outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The lock made no clear difference.")
/* Translators: lessons/interpreter-lock.json, outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Free threads took {time_free} and {cpu_free} of a core, threads under the lock {time_locked} and {cpu_locked}. The textbook expects about 2 on two free cores; were both free?")
/* Translators: lessons/interpreter-lock.json, outcomes.4.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/interpreter-lock.json, outcomes.4.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("All three models must have finished every repetition. Run the lesson again.")
/* Translators: lessons/interpreter-lock.json, follow_ups.0.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("The lock while waiting")
/* Translators: lessons/interpreter-lock.json, follow_ups.0.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("The same lock, on requests that wait. Does it hurt now?")
/* Translators: lessons/interpreter-lock.json, follow_ups.0.outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("No: with the lock they are still {speedup} times faster than one after another.")
/* Translators: lessons/interpreter-lock.json, follow_ups.0.outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Free threads took {time_free}, threads under the lock {time_locked}, one after another {time_sync}. The lock is released while a thread waits.")
/* Translators: lessons/interpreter-lock.json, follow_ups.0.outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("A little: {gain} to 1. And still {speedup} times faster than one after another.")
/* Translators: lessons/interpreter-lock.json, follow_ups.0.outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Free threads took {time_free}, threads under the lock {time_locked}, one after another {time_sync}. The lock is released while a thread waits.")
/* Translators: lessons/interpreter-lock.json, follow_ups.0.outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Yes: without the lock it was {gain} times faster.")
/* Translators: lessons/interpreter-lock.json, follow_ups.0.outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Free threads took {time_free}, threads under the lock {time_locked}, one after another {time_sync}. With waiting this short, computing is a larger part.")
/* Translators: lessons/interpreter-lock.json, follow_ups.0.outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/interpreter-lock.json, follow_ups.0.outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("All three models must have finished every repetition.")
/* Translators: lessons/interpreter-lock.json, follow_ups.1.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("More threads under the lock")
/* Translators: lessons/interpreter-lock.json, follow_ups.1.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("2, 4 and 16 threads queue for one lock. What happens to the time?")
/* Translators: lessons/interpreter-lock.json, note; leave words in {braces} as they are, xgettext:no-c-format */
N_("The model with the lock hands it over every 5 ms while computing and releases it while waiting, as CPython does; it measures the lock alone, not the speed of an interpreter. Run the follow-up right after: the same lock that halves computing hardly touches waiting.")
/* Translators: lessons/loops-in-threads.json, title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Loops in threads")
/* Translators: lessons/loops-in-threads.json, question; leave words in {braces} as they are, xgettext:no-c-format */
N_("One loop has 1,000 requests in flight. Now split them over 10, 100 or 1,000 threads with a loop each. Is any of these faster?")
/* Translators: lessons/loops-in-threads.json, prediction.prompt; leave words in {braces} as they are, xgettext:no-c-format */
N_("Clearly faster than one loop …")
/* Translators: lessons/loops-in-threads.json, prediction.choices.0.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("none of them")
/* Translators: lessons/loops-in-threads.json, prediction.choices.1.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("10 loops only")
/* Translators: lessons/loops-in-threads.json, prediction.choices.2.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("10 and 100 loops")
/* Translators: lessons/loops-in-threads.json, prediction.choices.3.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("all of them")
/* Translators: lessons/loops-in-threads.json, outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("None of them is clearly faster than one loop.")
/* Translators: lessons/loops-in-threads.json, outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One loop took {time_1}, 10 loops {time_10}, 100 loops {time_100}, 1,000 loops {time_1000}. Waiting does not go faster when more threads do it. Published measurements found the same. With 1,000 threads, {failed_1000} of the requests failed and memory was {memory_1000} instead of {memory_1}.")
/* Translators: lessons/loops-in-threads.json, outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Ten loops were {ten} times faster than one; more did not help.")
/* Translators: lessons/loops-in-threads.json, outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One loop took {time_1}, 10 loops {time_10}, 100 loops {time_100}, 1,000 loops {time_1000}. One loop used {cpu_1} of a core, ten used {cpu_10}: without a global lock, loops can share the computing between cores, and that part can go faster.")
/* Translators: lessons/loops-in-threads.json, outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("10 and 100 loops were faster: {ten} and {hundred} times. 1,000 were not.")
/* Translators: lessons/loops-in-threads.json, outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One loop took {time_1}, 10 loops {time_10}, 100 loops {time_100}, 1,000 loops {time_1000}. One loop used {cpu_1} of a core, ten used {cpu_10}. Published measurements under a global lock saw no gain; these threads have no such lock.")
/* Translators: lessons/loops-in-threads.json, outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("All of them were faster: {ten}, {hundred} and {thousand} times.")
/* Translators: lessons/loops-in-threads.json, outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One loop took {time_1}, 10 loops {time_10}, 100 loops {time_100}, 1,000 loops {time_1000}. One loop used {cpu_1} of a core, ten used {cpu_10}. Published measurements under a global lock saw no gain; these threads have no such lock. Memory: {memory_1} for one loop, {memory_1000} for 1,000 threads.")
/* Translators: lessons/loops-in-threads.json, outcomes.4.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The order does not fit any of the choices.")
/* Translators: lessons/loops-in-threads.json, outcomes.4.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One loop took {time_1}, 10 loops {time_10}, 100 loops {time_100}, 1,000 loops {time_1000}. Read the chart with its intervals.")
/* Translators: lessons/loops-in-threads.json, follow_ups.0.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("No delay at all")
/* Translators: lessons/loops-in-threads.json, follow_ups.0.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Without waiting, only computing is left. Do more loops help now?")
/* Translators: lessons/loops-in-threads.json, follow_ups.1.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads without loops")
/* Translators: lessons/loops-in-threads.json, follow_ups.1.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("1,000 threads that block, against one loop with 1,000 in flight: which needs more memory?")
/* Translators: lessons/loops-in-threads.json, follow_ups.1.outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The threads need more: {ratio} times as much.")
/* Translators: lessons/loops-in-threads.json, follow_ups.1.outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads: {threads}, with up to {flight_threads} in flight. The loop: {loop}, with up to {flight_loop}.")
/* Translators: lessons/loops-in-threads.json, follow_ups.1.outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("No clear difference in memory.")
/* Translators: lessons/loops-in-threads.json, follow_ups.1.outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads: {threads}, with up to {flight_threads} in flight. The loop: {loop}, with up to {flight_loop}.")
/* Translators: lessons/loops-in-threads.json, follow_ups.1.outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The threads needed less: {ratio} of what the loop needed.")
/* Translators: lessons/loops-in-threads.json, follow_ups.1.outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads: {threads}, with up to {flight_threads} in flight. The loop: {loop}, with up to {flight_loop}.")
/* Translators: lessons/loops-in-threads.json, follow_ups.1.outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/loops-in-threads.json, follow_ups.1.outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Both models must have finished. Run it again.")
/* Translators: lessons/loops-in-threads.json, note; leave words in {braces} as they are, xgettext:no-c-format */
N_("The published figures have many failures at 1,000 loops. Ask what a failed request does to a time: the one that gives up early looks fast. Here failures stand beside the times.")
/* Translators: lessons/memory-of-a-thread.json, title; leave words in {braces} as they are, xgettext:no-c-format */
N_("The memory of a thread")
/* Translators: lessons/memory-of-a-thread.json, question; leave words in {braces} as they are, xgettext:no-c-format */
N_("{sweep} requests, all in flight at once: a thread for each, or one loop for all. How many times the memory do the threads need at {most}?")
/* Translators: lessons/memory-of-a-thread.json, prediction.prompt; leave words in {braces} as they are, xgettext:no-c-format */
N_("With the most in flight, the threads need …")
/* Translators: lessons/memory-of-a-thread.json, prediction.choices.0.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("the same")
/* Translators: lessons/memory-of-a-thread.json, prediction.choices.1.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("3 × as much")
/* Translators: lessons/memory-of-a-thread.json, prediction.choices.2.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("30 × as much")
/* Translators: lessons/memory-of-a-thread.json, prediction.choices.3.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("300 × as much")
/* Translators: lessons/memory-of-a-thread.json, outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("At {most}, the threads needed {ratio} times the memory of the loop.")
/* Translators: lessons/memory-of-a-thread.json, outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads: {threads_10} with 10 requests, {threads_most} with {most}, with up to {flight_threads} in flight; that is {per_thread} for each. One loop: {loop_10}, then {loop_most}, {per_request} for each of up to {flight_loop}. This counts what was really used. A stack reserves far more addresses than that, which is where figures such as 80 GB for 10,000 threads come from.")
/* Translators: lessons/memory-of-a-thread.json, outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("No clear difference in memory.")
/* Translators: lessons/memory-of-a-thread.json, outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads: {threads_10} with 10 requests, {threads_most} with {most}. One loop: {loop_10}, then {loop_most}. At most {flight_threads} and {flight_loop} were in flight. The textbook expects the threads to need more.")
/* Translators: lessons/memory-of-a-thread.json, outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The threads needed less memory than the loop: {ratio} of it.")
/* Translators: lessons/memory-of-a-thread.json, outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads: {threads_10} with 10 requests, {threads_most} with {most}. One loop: {loop_10}, then {loop_most}. But look at how many were in flight: {flight_threads} and {flight_loop}. If the threads ended before all were started, this compares different things.")
/* Translators: lessons/memory-of-a-thread.json, outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/memory-of-a-thread.json, outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Both models must have finished with 10 and with {most} requests. Run the lesson again.")
/* Translators: lessons/memory-of-a-thread.json, follow_ups.0.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Ten thousand in loops")
/* Translators: lessons/memory-of-a-thread.json, follow_ups.0.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("{requests} in flight in one loop, or in ten loops in ten threads: which needs more memory?")
/* Translators: lessons/memory-of-a-thread.json, follow_ups.0.outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Ten loops need more: {ratio} times as much.")
/* Translators: lessons/memory-of-a-thread.json, follow_ups.0.outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One loop: {one}, with up to {flight_one} in flight. Ten loops: {ten}, with up to {flight_ten}. Ten threads bring ten heaps and ten stacks; and where they start requests faster than one, more are in flight at once.")
/* Translators: lessons/memory-of-a-thread.json, follow_ups.0.outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("No clear difference: {one} and {ten}.")
/* Translators: lessons/memory-of-a-thread.json, follow_ups.0.outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Up to {flight_one} and {flight_ten} were in flight. Nearly all the memory belongs to them; ten heaps and stacks are little beside that.")
/* Translators: lessons/memory-of-a-thread.json, follow_ups.0.outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Ten loops needed less: {ratio} of it.")
/* Translators: lessons/memory-of-a-thread.json, follow_ups.0.outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One loop: {one}, with up to {flight_one} in flight. Ten loops: {ten}, with up to {flight_ten}. Where fewer were in flight at once, fewer needed room.")
/* Translators: lessons/memory-of-a-thread.json, follow_ups.0.outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/memory-of-a-thread.json, follow_ups.0.outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Both models must have finished. Run it again.")
/* Translators: lessons/memory-of-a-thread.json, follow_ups.1.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("How long it takes to start them")
/* Translators: lessons/memory-of-a-thread.json, follow_ups.1.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Compare the times: what does it cost to create {most} threads?")
/* Translators: lessons/memory-of-a-thread.json, follow_ups.1.outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Creating {most} threads took {threads}, about {per_thread} for each.")
/* Translators: lessons/memory-of-a-thread.json, follow_ups.1.outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("The loop needed {loop} to create as many tasks: the threads took {ratio} times as long.")
/* Translators: lessons/memory-of-a-thread.json, follow_ups.1.outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Creating {most} threads took {threads}, not clearly longer than the tasks of the loop.")
/* Translators: lessons/memory-of-a-thread.json, follow_ups.1.outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("The loop needed {loop} to create as many tasks. The textbook expects a thread to cost more.")
/* Translators: lessons/memory-of-a-thread.json, follow_ups.1.outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/memory-of-a-thread.json, follow_ups.1.outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Both models must have finished with 10 and with {most} requests. Run the lesson again.")
/* Translators: lessons/memory-of-a-thread.json, note; leave words in {braces} as they are, xgettext:no-c-format */
N_("A system has limits for threads and open files. Where 10,000 threads are more than this machine allows, the lesson takes what it allows and says which limit it met: that is a lesson too. Memory is what the process really used (resident), not what it reserved.")
/* Translators: lessons/poll-or-epoll.json, title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Poll or epoll?")
/* Translators: lessons/poll-or-epoll.json, question; leave words in {braces} as they are, xgettext:no-c-format */
N_("A main loop asks the kernel about every connection at each turn (poll); the other is told about those that are ready (epoll). From 100 to {most} connections that mostly wait: does a request get dearer under poll?")
/* Translators: lessons/poll-or-epoll.json, prediction.prompt; leave words in {braces} as they are, xgettext:no-c-format */
N_("With the most connections instead of 100, a request under poll costs …")
/* Translators: lessons/poll-or-epoll.json, prediction.choices.0.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("the same")
/* Translators: lessons/poll-or-epoll.json, prediction.choices.1.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("twice as much")
/* Translators: lessons/poll-or-epoll.json, prediction.choices.2.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("20 times as much")
/* Translators: lessons/poll-or-epoll.json, outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Under poll a request got {growth_poll} times dearer, under epoll it did not.")
/* Translators: lessons/poll-or-epoll.json, outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Poll: {poll_100} of CPU time per request with 100 connections, {poll_most} with {most}. Epoll: {epoll_100} and {epoll_most}. The two loops use different libraries, so compare how they grow rather than where they start.")
/* Translators: lessons/poll-or-epoll.json, outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Both got dearer: poll {growth_poll} times, epoll {growth_epoll} times.")
/* Translators: lessons/poll-or-epoll.json, outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Poll: {poll_100} of CPU time per request with 100 connections, {poll_most} with {most}. Epoll: {epoll_100} and {epoll_most}. Opening {most} connections is part of these figures, for both.")
/* Translators: lessons/poll-or-epoll.json, outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Under poll, the cost of a request did not clearly change.")
/* Translators: lessons/poll-or-epoll.json, outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Poll: {poll_100} of CPU time per request with 100 connections, {poll_most} with {most}. Epoll: {epoll_100} and {epoll_most}. The textbook expects poll to grow with connections; at this load it does not show.")
/* Translators: lessons/poll-or-epoll.json, outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Under poll a request even got cheaper: {growth_poll} of what it was.")
/* Translators: lessons/poll-or-epoll.json, outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Poll: {poll_100} of CPU time per request with 100 connections, {poll_most} with {most}. Epoll: {epoll_100} and {epoll_most}. A turn of the loop asks about more connections, but it may also find more of them ready at once. The textbook’s growth does not show at this load.")
/* Translators: lessons/poll-or-epoll.json, outcomes.4.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/poll-or-epoll.json, outcomes.4.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Both loops must have been measured at 100 and at {most} connections. Run the lesson again.")
/* Translators: lessons/poll-or-epoll.json, follow_ups.0.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Busy connections")
/* Translators: lessons/poll-or-epoll.json, follow_ups.0.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Now each answer takes only {delay}. Does the difference grow or shrink?")
/* Translators: lessons/poll-or-epoll.json, follow_ups.0.outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("With {most} busy connections poll costs {ratio} times what epoll costs; while they mostly waited it was {before}.")
/* Translators: lessons/poll-or-epoll.json, follow_ups.0.outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Poll: {poll_100} of CPU time per request with 100 connections, {poll_most} with {most}. Epoll: {epoll_100} and {epoll_most}.")
/* Translators: lessons/poll-or-epoll.json, follow_ups.0.outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("With {most} busy connections there is no clear difference.")
/* Translators: lessons/poll-or-epoll.json, follow_ups.0.outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Poll: {poll_100} of CPU time per request with 100 connections, {poll_most} with {most}. Epoll: {epoll_100} and {epoll_most}.")
/* Translators: lessons/poll-or-epoll.json, follow_ups.0.outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/poll-or-epoll.json, follow_ups.0.outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("This compares with the lesson before it: run both.")
/* Translators: lessons/poll-or-epoll.json, follow_ups.1.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("The throughput of both")
/* Translators: lessons/poll-or-epoll.json, follow_ups.1.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Without any delay, which loop carries more requests per second?")
/* Translators: lessons/poll-or-epoll.json, follow_ups.1.outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The loop under epoll, {ratio} times as many.")
/* Translators: lessons/poll-or-epoll.json, follow_ups.1.outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Under poll {poll}, under epoll {epoll}. The two loops use different libraries, so this is not the price of poll alone.")
/* Translators: lessons/poll-or-epoll.json, follow_ups.1.outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The loop under poll, {inverse} times as many.")
/* Translators: lessons/poll-or-epoll.json, follow_ups.1.outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Under poll {poll}, under epoll {epoll}. The two loops use different libraries, so this is not the price of poll alone.")
/* Translators: lessons/poll-or-epoll.json, follow_ups.1.outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("No clear difference.")
/* Translators: lessons/poll-or-epoll.json, follow_ups.1.outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Under poll {poll}, under epoll {epoll}.")
/* Translators: lessons/poll-or-epoll.json, follow_ups.1.outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/poll-or-epoll.json, follow_ups.1.outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Both models must have finished every repetition.")
/* Translators: lessons/poll-or-epoll.json, note; leave words in {braces} as they are, xgettext:no-c-format */
N_("The idle connection is the point: epoll’s work follows what is ready, poll’s what is watched. The figure is CPU time per request, because the times themselves are mostly waiting. This lesson needs a program built with libcurl and libuv.")
/* Translators: lessons/threads-or-loop.json, title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Twenty threads or one loop")
/* Translators: lessons/threads-or-loop.json, question; leave words in {braces} as they are, xgettext:no-c-format */
N_("{requests} requests, each waits {delay} at the server. Who is done first: twenty threads, or one thread with a loop that has 80 in flight?")
/* Translators: lessons/threads-or-loop.json, prediction.prompt; leave words in {braces} as they are, xgettext:no-c-format */
N_("First is …")
/* Translators: lessons/threads-or-loop.json, prediction.choices.0.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("twenty threads")
/* Translators: lessons/threads-or-loop.json, prediction.choices.1.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("one loop")
/* Translators: lessons/threads-or-loop.json, prediction.choices.2.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("both together")
/* Translators: lessons/threads-or-loop.json, outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("One loop was {ratio} times faster than twenty threads.")
/* Translators: lessons/threads-or-loop.json, outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads took {time_threads}, the loop {time_loop}; one after another, {time_sync}. The threads had at most {flight_threads} requests in flight, the loop {flight_loop}. Twenty threads must go several rounds; the loop lets all wait at once.")
/* Translators: lessons/threads-or-loop.json, outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Twenty threads were {inverse} times faster than the loop.")
/* Translators: lessons/threads-or-loop.json, outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads took {time_threads}, the loop {time_loop}; one after another, {time_sync}. The threads had at most {flight_threads} requests in flight, the loop {flight_loop}. A published measurement saw this too, with a new connection for every request of the loop. The follow-up without keep-alive tests whether connections matter here.")
/* Translators: lessons/threads-or-loop.json, outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("No clear difference between twenty threads and one loop.")
/* Translators: lessons/threads-or-loop.json, outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads took {time_threads}, the loop {time_loop}; one after another, {time_sync}. The repetitions overlap too much to name a winner.")
/* Translators: lessons/threads-or-loop.json, outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/threads-or-loop.json, outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads and loop must both have finished every repetition. Run the lesson again.")
/* Translators: lessons/threads-or-loop.json, follow_ups.0.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Without keep-alive")
/* Translators: lessons/threads-or-loop.json, follow_ups.0.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Now every request opens a connection of its own. Who loses more?")
/* Translators: lessons/threads-or-loop.json, follow_ups.0.outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The threads lost: {loss_threads} times the time with keep-alive.")
/* Translators: lessons/threads-or-loop.json, follow_ups.0.outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("They opened {connections} connections instead of {connections_before}. The loop, which had opened one for every request before, shows no loss. Threads now take {time_threads}, the loop {time_loop}.")
/* Translators: lessons/threads-or-loop.json, follow_ups.0.outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Both lost: threads {loss_threads} times, the loop {loss_loop} times the time with keep-alive.")
/* Translators: lessons/threads-or-loop.json, follow_ups.0.outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("The threads opened {connections} connections instead of {connections_before}. Threads now take {time_threads}, the loop {time_loop}.")
/* Translators: lessons/threads-or-loop.json, follow_ups.0.outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Nobody clearly lost.")
/* Translators: lessons/threads-or-loop.json, follow_ups.0.outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("The threads opened {connections} connections instead of {connections_before}, and on this machine that costs too little to show. Over a network, opening a connection takes a round trip or more: there the answer may differ.")
/* Translators: lessons/threads-or-loop.json, follow_ups.0.outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/threads-or-loop.json, follow_ups.0.outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("This compares with the lesson before it: run both.")
/* Translators: lessons/threads-or-loop.json, follow_ups.1.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Four hundred requests")
/* Translators: lessons/threads-or-loop.json, follow_ups.1.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Five times as many requests: does the winner stay the winner?")
/* Translators: lessons/threads-or-loop.json, note; leave words in {braces} as they are, xgettext:no-c-format */
N_("The published figures beside this lesson show the threads ahead, because the loop there opened a new connection for every request. Let the class find the difference in the setup before you show it. Play the replay of both side by side: twenty full lanes against one lane with many bars.")
/* Translators: lessons/waiting-together.json, title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Waiting together")
/* Translators: lessons/waiting-together.json, question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Each answer takes {delay}. You ask 5 times, then 20 times: one after another, or all at once. How much faster is all at once with the larger number?")
/* Translators: lessons/waiting-together.json, prediction.prompt; leave words in {braces} as they are, xgettext:no-c-format */
N_("With the larger number, all at once is …")
/* Translators: lessons/waiting-together.json, prediction.choices.0.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("as fast")
/* Translators: lessons/waiting-together.json, prediction.choices.1.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("5 × faster")
/* Translators: lessons/waiting-together.json, prediction.choices.2.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("20 × faster")
/* Translators: lessons/waiting-together.json, prediction.choices.3.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("100 × faster")
/* Translators: lessons/waiting-together.json, outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("All at once was {speedup_many} times faster.")
/* Translators: lessons/waiting-together.json, outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One after another took {time_sync}, all at once {time_loop}. At most {in_flight} requests were in flight together, so they waited at the same time. With 5 requests the gain was {speedup_few}: it grows with the number that waits. From 5 to 20 requests, the time of all at once changed by a factor of only {growth_loop}.")
/* Translators: lessons/waiting-together.json, outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("All at once was faster, but only {speedup_many} times.")
/* Translators: lessons/waiting-together.json, outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One after another took {time_sync}, all at once {time_loop}. Textbooks expect the speed-up to be about the number of requests that wait at the same time. At most {in_flight} were in flight together. Very short answers, or a busy machine, leave less to win: look at the CPU chart before you decide which it was.")
/* Translators: lessons/waiting-together.json, outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("All at once was slower here.")
/* Translators: lessons/waiting-together.json, outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One after another took {time_sync}, all at once {time_loop}. That contradicts the textbook. These figures alone do not say why; check the warnings of the result, and run it again with longer answers.")
/* Translators: lessons/waiting-together.json, outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("No clear difference.")
/* Translators: lessons/waiting-together.json, outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("One after another took {time_sync}, all at once {time_loop}, and the repetitions overlap too much to tell them apart. With answers this short there may be nothing to win by waiting together.")
/* Translators: lessons/waiting-together.json, outcomes.4.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/waiting-together.json, outcomes.4.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("To answer it, both models must have finished every repetition. Run the lesson again.")
/* Translators: lessons/waiting-together.json, follow_ups.0.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Twenty threads instead")
/* Translators: lessons/waiting-together.json, follow_ups.0.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Do threads that wait do as well as one loop that waits?")
/* Translators: lessons/waiting-together.json, follow_ups.0.outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("No clear difference between threads and the loop.")
/* Translators: lessons/waiting-together.json, follow_ups.0.outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads took {time_threads}, the loop {time_loop}. For 20 requests that wait, it does not matter who waits.")
/* Translators: lessons/waiting-together.json, follow_ups.0.outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads and the loop are close: {ratio} to 1.")
/* Translators: lessons/waiting-together.json, follow_ups.0.outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads took {time_threads}, the loop {time_loop}. The difference is clear in the numbers, and small beside what both save.")
/* Translators: lessons/waiting-together.json, follow_ups.0.outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads took {ratio} times as long.")
/* Translators: lessons/waiting-together.json, follow_ups.0.outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads took {time_threads}, the loop {time_loop}.")
/* Translators: lessons/waiting-together.json, follow_ups.0.outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads were faster than the loop.")
/* Translators: lessons/waiting-together.json, follow_ups.0.outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Threads took {time_threads}, the loop {time_loop}.")
/* Translators: lessons/waiting-together.json, follow_ups.0.outcomes.4.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/waiting-together.json, follow_ups.0.outcomes.4.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Both models must have finished every repetition.")
/* Translators: lessons/waiting-together.json, follow_ups.1.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Short answers")
/* Translators: lessons/waiting-together.json, follow_ups.1.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("And when an answer takes only {delay}?")
/* Translators: lessons/waiting-together.json, note; leave words in {braces} as they are, xgettext:no-c-format */
N_("Ask for the prediction before you run. Many expect 5 or 10. While it runs, count aloud with the requests that go one after another. The point is not that the loop is quick: nobody computes here, everybody waits. Scale the lesson down to get the same picture in a few seconds.")
/* Translators: lessons/what-the-mean-hides.json, title; leave words in {braces} as they are, xgettext:no-c-format */
N_("What the mean hides")
/* Translators: lessons/what-the-mean-hides.json, question; leave words in {braces} as they are, xgettext:no-c-format */
N_("A server answers in {delay}, but once a second it pauses for a tenth of a second. {rate} requests are due each second. One client waits for each answer before it sends the next. Nine of ten requests seem quick; what do the users see?")
/* Translators: lessons/what-the-mean-hides.json, prediction.prompt; leave words in {braces} as they are, xgettext:no-c-format */
N_("Counted from the moment they were due, the slowest tenth took …")
/* Translators: lessons/what-the-mean-hides.json, prediction.choices.0.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("the same")
/* Translators: lessons/what-the-mean-hides.json, prediction.choices.1.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("twice as long")
/* Translators: lessons/what-the-mean-hides.json, prediction.choices.2.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("10 times as long")
/* Translators: lessons/what-the-mean-hides.json, prediction.choices.3.label; leave words in {braces} as they are, xgettext:no-c-format */
N_("100 times as long")
/* Translators: lessons/what-the-mean-hides.json, outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Counted from when they were due, the slowest tenth took {hidden} times as long.")
/* Translators: lessons/what-the-mean-hides.json, outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("From the moment of sending, nine of ten were answered within {sent_p90}; from the moment they were due, within {due_p90}. {late} of {requests} could not be sent in time, because the client was still waiting. Its mean says {sent_mean} or {due_mean}, its median {sent_median}, and its longest {longest}. The loop, which does not wait to send, was late with {late_loop}, and answered nine of ten within {loop_p90}. Leaving out the requests that could not be sent is called coordinated omission.")
/* Translators: lessons/what-the-mean-hides.json, outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The slowest tenth took a little longer than it seemed: {hidden} to 1.")
/* Translators: lessons/what-the-mean-hides.json, outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("From sending {sent_p90}, from when they were due {due_p90}. {late} of {requests} could not be sent in time. With so few pauses there is little to hide; a higher rate shows more.")
/* Translators: lessons/what-the-mean-hides.json, outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Nothing was hidden this time.")
/* Translators: lessons/what-the-mean-hides.json, outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("From sending {sent_p90}, from when they were due {due_p90}. {late} of {requests} could not be sent in time: the client kept up with the rate.")
/* Translators: lessons/what-the-mean-hides.json, outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/what-the-mean-hides.json, outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("The rate must have been kept long enough to carry a tenth. Run the lesson again, longer.")
/* Translators: lessons/what-the-mean-hides.json, follow_ups.0.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("A closed loop")
/* Translators: lessons/what-the-mean-hides.json, follow_ups.0.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Without a rate, each request is sent when the one before is answered. What does the slowest tenth look like now?")
/* Translators: lessons/what-the-mean-hides.json, follow_ups.0.outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Much better, and yet it is the same server: {closed_p90} instead of {open_p90}.")
/* Translators: lessons/what-the-mean-hides.json, follow_ups.0.outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("A closed loop never asks while it waits, so it never sees what a user would who comes in a pause. Both figures are right; they answer different questions.")
/* Translators: lessons/what-the-mean-hides.json, follow_ups.0.outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Not clearly better: {closed_p90}, and {open_p90} at the fixed rate.")
/* Translators: lessons/what-the-mean-hides.json, follow_ups.0.outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("At this rate hardly anybody came during a pause.")
/* Translators: lessons/what-the-mean-hides.json, follow_ups.0.outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/what-the-mean-hides.json, follow_ups.0.outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("This compares with the lesson before it: run both.")
/* Translators: lessons/what-the-mean-hides.json, follow_ups.1.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Without the pauses")
/* Translators: lessons/what-the-mean-hides.json, follow_ups.1.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("The same server without pauses always takes {delay}: what is left of the difference?")
/* Translators: lessons/what-the-mean-hides.json, follow_ups.1.outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Nothing: both ways of counting say the same.")
/* Translators: lessons/what-the-mean-hides.json, follow_ups.1.outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("The slowest tenth took, from sending {sent_p90}, from when they were due {due_p90}. {late} of {requests} could not be sent in time.")
/* Translators: lessons/what-the-mean-hides.json, follow_ups.1.outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Next to nothing: {hidden} to 1.")
/* Translators: lessons/what-the-mean-hides.json, follow_ups.1.outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("The slowest tenth took, from sending {sent_p90}, from when they were due {due_p90}. {late} of {requests} could not be sent in time.")
/* Translators: lessons/what-the-mean-hides.json, follow_ups.1.outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The slowest tenth still took {hidden} times as long as it seemed.")
/* Translators: lessons/what-the-mean-hides.json, follow_ups.1.outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("The slowest tenth took, from sending {sent_p90}, from when they were due {due_p90}. {late} of {requests} could not be sent in time.")
/* Translators: lessons/what-the-mean-hides.json, follow_ups.1.outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/what-the-mean-hides.json, follow_ups.1.outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("The rate must have been kept long enough to carry a tenth. Run the lesson again, longer.")
/* Translators: lessons/what-the-mean-hides.json, note; leave words in {braces} as they are, xgettext:no-c-format */
N_("Show the mean first and ask whether this service is good. Then the chart: its axis grows by factors, read it at 90 %. The rate is an open loop: requests come whether or not the client is ready, as users do.")
/* Translators: lessons/when-failure-starts.json, title; leave words in {braces} as they are, xgettext:no-c-format */
N_("When failure starts")
/* Translators: lessons/when-failure-starts.json, question; leave words in {braces} as they are, xgettext:no-c-format */
N_("A server answers in 50, 100, 200, then 400 ms on average, now faster, now slower. After {timeout} the client gives up. How many of a hundred requests are lost at 200 ms?")
/* Translators: lessons/when-failure-starts.json, prediction.prompt; leave words in {braces} as they are, xgettext:no-c-format */
N_("Lost at a mean of 200 ms, of 100:")
/* Translators: lessons/when-failure-starts.json, prediction.unit; leave words in {braces} as they are, xgettext:no-c-format */
N_("%")
/* Translators: lessons/when-failure-starts.json, outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("At a mean of 200 ms, {share_200} were lost, although 200 ms is well below {timeout}.")
/* Translators: lessons/when-failure-starts.json, outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Lost at means of 50, 100, 200 and 400 ms: {share_50}, {share_100}, {share_200}, {share_400}; at 400 ms, {timeouts} of {requests} were timeouts. It is the slow ones that fail, long before the mean reaches the limit. And mind the latency of the rest at 400 ms: median {median_400}, longest {longest_400}. The lost requests are not in it.")
/* Translators: lessons/when-failure-starts.json, outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("At 200 ms hardly any were lost, {share_200}; at 400 ms, {share_400}.")
/* Translators: lessons/when-failure-starts.json, outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Lost at means of 50, 100, 200 and 400 ms: {share_50}, {share_100}, {share_200}, {share_400}. The answers vary less than the textbook case here.")
/* Translators: lessons/when-failure-starts.json, outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Hardly anything was lost, even at a mean of 400 ms: {share_400}.")
/* Translators: lessons/when-failure-starts.json, outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Lost at means of 50, 100, 200 and 400 ms: {share_50}, {share_100}, {share_200}, {share_400}. Check the timeout of this run: {timeout}.")
/* Translators: lessons/when-failure-starts.json, outcomes.3.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("At a mean of 200 ms, {share_200} were lost.")
/* Translators: lessons/when-failure-starts.json, outcomes.3.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Lost at means of 50, 100, 200 and 400 ms: {share_50}, {share_100}, {share_200}, {share_400}. They do not rise as the mean approaches the limit, so the timeout alone does not explain them: look at the reasons in the chart.")
/* Translators: lessons/when-failure-starts.json, outcomes.4.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/when-failure-starts.json, outcomes.4.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("All four means must have been measured. Run the lesson again.")
/* Translators: lessons/when-failure-starts.json, follow_ups.0.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Errors and dropped connections")
/* Translators: lessons/when-failure-starts.json, follow_ups.0.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("Every tenth answer is an error, every twentieth connection is dropped. Does the model matter?")
/* Translators: lessons/when-failure-starts.json, follow_ups.0.outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Hardly: {sync} under sync, {threads} under threads, {loop} under the loop.")
/* Translators: lessons/when-failure-starts.json, follow_ups.0.outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Of {requests} requests of the loop: answered with an error {errors}, connection lost {resets}. No model repairs a server; a program must expect both.")
/* Translators: lessons/when-failure-starts.json, follow_ups.0.outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("It seems to: {sync} under sync, {threads} under threads, {loop} under the loop.")
/* Translators: lessons/when-failure-starts.json, follow_ups.0.outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("The server draws the same fate for the same request under every model. A large difference deserves a look at the reasons in the chart.")
/* Translators: lessons/when-failure-starts.json, follow_ups.0.outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/when-failure-starts.json, follow_ups.0.outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("All three models must have finished.")
/* Translators: lessons/when-failure-starts.json, follow_ups.1.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("More patience")
/* Translators: lessons/when-failure-starts.json, follow_ups.1.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("The client waits {timeout} now. What does patience cost?")
/* Translators: lessons/when-failure-starts.json, follow_ups.1.outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Time: at a mean of 400 ms {share_400} are lost instead of {share_before}, and the longest wait is {longest}.")
/* Translators: lessons/when-failure-starts.json, follow_ups.1.outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("Lost at means of 50, 100, 200 and 400 ms: {share_50}, {share_100}, {share_200}, {share_400}. The longest of those that were answered at 400 ms took {longest_before} before.")
/* Translators: lessons/when-failure-starts.json, follow_ups.1.outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/when-failure-starts.json, follow_ups.1.outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("This compares with the lesson before it: run both.")
/* Translators: lessons/when-failure-starts.json, follow_ups.2.title; leave words in {braces} as they are, xgettext:no-c-format */
N_("Too many at once")
/* Translators: lessons/when-failure-starts.json, follow_ups.2.question; leave words in {braces} as they are, xgettext:no-c-format */
N_("{requests} requests to a patient server, up to 100, 1,000, then 4,000 at the same moment: where is the limit of this machine?")
/* Translators: lessons/when-failure-starts.json, follow_ups.2.outcomes.0.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Not here: nothing was lost, with up to {flight_many} in flight.")
/* Translators: lessons/when-failure-starts.json, follow_ups.2.outcomes.0.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("It took {time_few}, {time_some} and {time_many}. Where the time stops falling, more at once is no gain, long before anything fails.")
/* Translators: lessons/when-failure-starts.json, follow_ups.2.outcomes.1.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("Some were lost: {few}, {some} and {many}.")
/* Translators: lessons/when-failure-starts.json, follow_ups.2.outcomes.1.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("It took {time_few}, {time_some} and {time_many}, with up to {flight_many} in flight. The chart of failures names the reasons.")
/* Translators: lessons/when-failure-starts.json, follow_ups.2.outcomes.2.headline; leave words in {braces} as they are, xgettext:no-c-format */
N_("The measured values do not answer the question.")
/* Translators: lessons/when-failure-starts.json, follow_ups.2.outcomes.2.text; leave words in {braces} as they are, xgettext:no-c-format */
N_("All three models must have finished.")
/* Translators: lessons/when-failure-starts.json, note; leave words in {braces} as they are, xgettext:no-c-format */
N_("Ask first what a timeout of {timeout} means for a server with a mean of 200 ms; most say that nothing can happen. Failures stand beside the times and never enter the latency: a service that drops its slow requests looks fast.")
