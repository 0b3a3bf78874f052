/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* threadmill-worker runs exactly one trial and exits.
 *
 * On standard input it reads one line: the trial, as mill_trial_to_json() writes it. After
 * that it takes the lines {"command":"start"} (only waited for when the trial has
 * `await_start`) and {"command":"stop"}. The end of standard input means stop and exit: the
 * process is gone within a second, whatever its lanes are doing. Where it has not reported by
 * then, nobody will ever read its files: it removes the trial's folder_path.
 *
 * On standard output it writes one JSON object per line, flushed one by one:
 *
 *   {"event":"ready","pid":N,"lanes":N}
 *     The trial was understood and everything is prepared.
 *
 *   {"event":"progress","time_s":S,"done":N,"failed":N,"in_flight":N,"recent":[[lane,queued_us,
 *    started_us,sent_us,first_byte_us,done_us,outcome],...]}
 *     At most ten times a second; not when the trial is `quiet`. `recent` are up to 64
 *     requests that ended since the event before, chosen evenly; times are microseconds since
 *     the trial's epoch, 0 where there is none; outcome is a number of MillOutcome.
 *
 *   {"event":"sample","time_s":S,"cpu_process_percent":P,"cpu_system_percent":P,"memory_mib":M,
 *    "in_flight":N,"done":N,"failed":N,"threads":N}
 *     Ten times a second. A figure that the system does not give is left out. t_s is 0 until
 *     the measured phase begins.
 *
 *   {"event":"finished","status":"complete"|"partial","reason":TEXT,"epoch_us":N,
 *    "wall_time_s":S,"task_creation_s":S,"cold_start_ms":MS,"requests_ok":N,
 *    "requests_failed":N,"errors":{NAME:N,...},"bytes_downloaded":N,"bytes_uploaded":N,
 *    "bytes_written":N,"cpu_user_s":S,"cpu_system_s":S,"cpu_wall_s":S,"cpu_total_user_s":S,
 *    "cpu_total_system_s":S,"cpu_process_percent":{"avg":P,"max":P},
 *    "cpu_system_percent":{"avg":P,"max":P},"memory_mib":{"avg":M,"max":M,"base":M},
 *    "switches_voluntary":N,"switches_involuntary":N,"threads":N,"processes":N,"cores":N,
 *    "connections_opened":N,"max_in_flight":N,"checksum":HEX,"checksum_bytes":N,"records":N,
 *    "sent_late":N}
 *     The last line of a trial that was run. `partial`: it was stopped, or cut short for the
 *     `reason`; `reason` may also stand in a complete trial and say why requests failed. The
 *     records lie in the trial's records_path: MillRecords in the machine's own format, those
 *     of measured requests in the order in which they were taken; `records` is their number.
 *     A record whose outcome is MILL_OUTCOME_PENDING was planned and never sent.
 *     requests_failed is the sum of `errors`; those that were in flight at a stop are among
 *     them as "cancelled".
 *     `epoch_us` is the monotonic clock at the epoch. cpu_user_s and cpu_system_s are of the
 *     measured phase (cpu_wall_s long), cpu_total_* of the whole life of the process.
 *     `cold_start_ms` is the latency of the very first request of the process.
 *
 *   {"event":"failed","code":"usage"|"limit"|"failed","message":TEXT}
 *     The last line when the trial could not be made.
 *
 * For multiprocess all figures are the sums of all its processes.
 */

/**
 * mill_worker_main:
 *
 * Runs the whole life of a worker.
 *
 * Returns: the exit status: 0 after `finished`, 3 after `failed`
 */
int mill_worker_main (void);

G_END_DECLS
