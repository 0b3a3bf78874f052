/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-result.h"

G_BEGIN_DECLS

/* Results of a plausible shape, made up from a seed: the same on every machine. */

/* 80 requests of 0.1 s under sync, thread-pool:20, main-loop:80 and hybrid:4x20, 5 repetitions. */
MillResult *sample_result_first (void);
/* 10,000 requests of 0.2 s, 3 repetitions: percentiles up to p99.9. */
MillResult *sample_result_ten_thousand (void);
/* As many requests as asked, one repetition of four models. */
MillResult *sample_result_of_requests (gint64 requests);
/* With failures of several reasons, large bodies, and sync projected. */
MillResult *sample_result_failures (void);
/* Three models over 1, 10, 100 and 1,000 in flight. */
MillResult *sample_result_sweep (void);
/* Published figures: no trials in detail. */
MillResult *sample_result_published (void);

/* 40 models, each measured 64 times. */
MillResult *sample_result_many_repetitions (void);

/* What a chart must survive. */
typedef enum {
  SAMPLE_EMPTY,      /* no trial yet */
  SAMPLE_ONE,        /* one model, one request */
  SAMPLE_MANY,       /* 40 models */
  SAMPLE_LONG_NAMES, /* names of 200 characters, in several scripts, with markup */
  SAMPLE_EQUAL,      /* all values equal */
  SAMPLE_ZERO,       /* all values zero */
  SAMPLE_NEGATIVE,   /* values below zero, which no measurement gives */
  SAMPLE_NAN,        /* every figure absent */
  SAMPLE_HUGE,       /* values from 1e-12 to 1e15 */
  SAMPLE_N_NASTY
} SampleNasty;
MillResult *sample_result_nasty (SampleNasty nasty);
const char *sample_nasty_name (SampleNasty nasty);

G_END_DECLS
