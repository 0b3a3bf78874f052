/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "bench/mill-plan-estimate.h"
#include "experiment/mill-model.h"

/* Measured on two cores over loopback with an answer without delay (DESIGN.md): microseconds of
 * processor time in the client for one request. */
#define BLOCKING_REQUEST_US 72.0
#define BLOCKING_REQUEST_THREAD_US 0.104 /* more for each further thread: 176 with 1,000 */
#define ASYNC_REQUEST_US 67.0
#define EPOLL_REQUEST_US 14.0
#define NEW_THREAD_US 40.0
#define NEW_CONNECTION_US 90.0
/* The server's own share of a core, when it runs on the same machine. */
#define SERVER_REQUEST_US 8.0
/* Sending and reading a body over loopback: microseconds of both sides per MiB. */
#define BODY_MIB_US 1000.0
/* A loop polls every descriptor at each turn: microseconds per request and connection. */
#define POLL_REQUEST_US 0.05
/* Encoding 512 bytes character by character and hashing them: microseconds per URL and round. */
#define CPU_URL_US 3.5
/* From starting the process to its first request, and from its last to its end. */
#define START_S 0.15
#define START_PROCESS_S 0.03
/* A foreign server's time to answer is not known before the run. */
#define FOREIGN_DELAY_S 0.1

double
mill_estimate_delay_s (const MillExperiment *experiment, const MillTrial *trial)
{
  if (experiment->urls != NULL)
    return -1;
  if (experiment->sweep == MILL_SWEEP_DELAY && !isnan (trial->sweep_value))
    return trial->sweep_value;
  return experiment->server.delay_s;
}

/* Of each answer of the built-in server; a foreign server's is not known before the run. */
static double
body_mib (const MillExperiment *experiment, const MillTrial *trial)
{
  double bytes = (double) experiment->server.body_size_bytes;

  if (experiment->urls != NULL)
    return 0;
  if (experiment->sweep == MILL_SWEEP_BODY_SIZE && !isnan (trial->sweep_value))
    bytes = trial->sweep_value;
  return MAX (bytes, 0) / (1024 * 1024);
}

/* How many lanes can compute at the same time. */
static int
parallel_lanes (const MillModelSpec *model, int cores)
{
  switch (model->kind) {
  case MILL_MODEL_THREAD_PER_REQUEST:
  case MILL_MODEL_THREAD_POOL:
  case MILL_MODEL_HYBRID:
  case MILL_MODEL_MULTIPROCESS:
    return CLAMP (model->workers, 1, MAX (cores, 1));
  default:
    return 1;
  }
}

/* Microseconds of processor time that one request costs the client. */
static double
request_cost_us (const MillTrial *trial)
{
  const MillModelSpec *model = &trial->model;
  double cost_us = ASYNC_REQUEST_US;

  switch (model->kind) {
  case MILL_MODEL_THREAD_PER_REQUEST:
    cost_us = BLOCKING_REQUEST_US + BLOCKING_REQUEST_THREAD_US * model->workers + NEW_THREAD_US;
    break;
  case MILL_MODEL_SYNC:
  case MILL_MODEL_THREAD_POOL:
  case MILL_MODEL_GIL_THREAD_POOL:
    cost_us = BLOCKING_REQUEST_US + BLOCKING_REQUEST_THREAD_US * model->workers;
    break;
  case MILL_MODEL_EPOLL_LOOP:
    cost_us = EPOLL_REQUEST_US;
    break;
  default: {
    int in_flight = model->in_flight > 0 ? model->in_flight : (int) MIN (trial->requests, 100000);
    cost_us += POLL_REQUEST_US * in_flight;
    break;
  }
  }
  return trial->keep_alive ? cost_us : cost_us + NEW_CONNECTION_US;
}

/* Rounds of requests that follow one another: a batch ends before the next starts. */
static double
rounds_of_requests (const MillTrial *trial, gint64 requests)
{
  int concurrency = MAX (mill_model_spec_concurrency (&trial->model, requests), 1);
  gint64 batch = trial->model.batch;

  if (batch <= 0 || batch >= requests)
    return ceil ((double) requests / concurrency);
  double per_batch = ceil ((double) batch / MIN (concurrency, batch));
  double rest = ceil ((double) (requests % batch) / MIN (concurrency, batch));
  return (double) (requests / batch) * per_batch + rest;
}

static double
http_s (const MillExperiment *experiment, const MillTrial *trial, gint64 requests, int cores)
{
  double delay_s = mill_estimate_delay_s (experiment, trial);
  int lanes = parallel_lanes (&trial->model, cores);
  double cost_s = (request_cost_us (trial) + (delay_s < 0 ? 0 : SERVER_REQUEST_US) +
                   BODY_MIB_US * body_mib (experiment, trial)) /
                  1e6;

  if (delay_s < 0)
    delay_s = FOREIGN_DELAY_S;
  double answer_s = MIN (delay_s + cost_s, trial->timeout_s);
  double waiting_s = rounds_of_requests (trial, requests) * answer_s;
  return MAX (waiting_s, (double) requests * cost_s / lanes);
}

double
mill_estimate_trial_s (const MillExperiment *experiment,
                       const MillTrial *trial,
                       gint64 requests,
                       int cores)
{
  double start_s = START_S;
  double work_s;

  if (trial->model.kind == MILL_MODEL_MULTIPROCESS)
    start_s += START_PROCESS_S * trial->model.workers;
  if (trial->workload == MILL_WORKLOAD_CPU) {
    int lanes = parallel_lanes (&trial->model, cores);
    return start_s + (double) requests * MAX (trial->rounds, 1) * CPU_URL_US / 1e6 / lanes;
  }
  work_s = http_s (experiment, trial, requests, cores);
  if (trial->rate > 0)
    work_s = MAX (work_s, (double) requests / trial->rate);
  if (trial->duration_s > 0)
    work_s = experiment->requests_set ? MIN (work_s, trial->duration_s) : trial->duration_s;
  if (trial->warmup > 0)
    start_s += http_s (experiment, trial, trial->warmup, cores);
  return start_s + work_s;
}

gint64
mill_estimate_requests (const MillExperiment *experiment, const MillTrial *trial, int cores)
{
  if (trial->duration_s <= 0 || trial->workload == MILL_WORKLOAD_CPU)
    return trial->requests;
  double rate = (double) trial->requests / http_s (experiment, trial, trial->requests, cores);
  if (trial->rate > 0)
    rate = MIN (rate, trial->rate);
  return MIN (trial->requests, (gint64) ceil (rate * trial->duration_s));
}
