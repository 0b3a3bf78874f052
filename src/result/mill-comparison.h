/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-result.h"

G_BEGIN_DECLS

/* The share of false alarms that a verdict accepts. */
#define MILL_SIGNIFICANCE 0.05

typedef enum {
  MILL_VERDICT_NONE, /* nothing to compare, or a projected value: no verdict */
  MILL_VERDICT_FASTER,
  MILL_VERDICT_SLOWER,
  MILL_VERDICT_NO_CLEAR_DIFFERENCE,
  MILL_VERDICT_TOO_FEW, /* no arrangement of so few values could be told from chance */
} MillVerdict;

/* How one sample of a figure compares with another. "Faster" is better: a shorter time, a
 * higher throughput. */
typedef struct {
  MillVerdict verdict;
  double ratio;     /* median of the first / median of the second; NAN where there is none */
  double low, high; /* 95 % bootstrap interval of the ratio; NAN with too few repetitions */
  double p;         /* of the two-sided Mann-Whitney test; NAN without one */
  int n_first, n_second;
} MillFigureComparison;

/* "faster", "slower", "no-clear-difference", "too-few", "none": for scripts. */
const char *mill_verdict_to_string (MillVerdict verdict);

/**
 * mill_verdict_to_words:
 * @verdict: a verdict
 * @figure: what was compared: memory is not faster, but less
 *
 * Returns: (transfer none): the verdict in the user's language, to stand alone or after "is"
 */
const char *mill_verdict_to_words (MillVerdict verdict, MillFigure figure);

/**
 * mill_compare_samples:
 * @first: what is judged
 * @second: what it is compared with
 * @lower_is_better: of the figure
 *
 * The verdict is faster or slower where the Mann-Whitney test rejects at MILL_SIGNIFICANCE that
 * both are alike, and too few where even a complete separation of the samples could not (3 and 3
 * reach p = 0.1 at best). Overlapping intervals decide nothing.
 */
MillFigureComparison mill_compare_samples (const double *first,
                                           guint n_first,
                                           const double *second,
                                           guint n_second,
                                           gboolean lower_is_better);

/**
 * mill_compare_models:
 * @first: a model of @first_result
 * @second: a model of @second_result, which may be the same document
 *
 * Compares a figure over the complete trials of both. Published and projected values have a
 * ratio and no verdict.
 */
MillFigureComparison mill_compare_models (const MillResult *first_result,
                                          const MillModelResult *first,
                                          const MillResult *second_result,
                                          const MillModelResult *second,
                                          MillFigure figure);

/**
 * mill_compare_models_verdict:
 *
 * As mill_compare_models(), without the interval of the ratio, whose bootstrap takes most of the
 * time: for charts and sentences, which only need the word.
 *
 * Returns: the verdict on @first compared with @second
 */
MillVerdict mill_compare_models_verdict (const MillResult *first_result,
                                         const MillModelResult *first,
                                         const MillResult *second_result,
                                         const MillModelResult *second,
                                         MillFigure figure);

/* A model that stands in two documents. */
typedef struct {
  const MillModelResult *first;    /* of the first document */
  const MillModelResult *second;   /* of the second document */
  MillFigureComparison comparison; /* the second compared with the first */
} MillModelComparison;

/**
 * mill_compare_results:
 * @first: the base
 * @second: what is compared with it
 * @figure: which figure
 *
 * Compares, model by model, what stands in both documents (a published model stands for the
 * one that it corresponds to), in the order of the first.
 *
 * Returns: (transfer full): an array of MillModelComparison, which points into both documents
 */
GArray *mill_compare_results (const MillResult *first, const MillResult *second, MillFigure figure);

/**
 * mill_compare_conditions:
 *
 * What differs between two runs besides the models, so that a comparison of their figures must
 * be read with care: the number of requests, the delay, the machine, the program's version.
 *
 * Returns: (transfer full): sentences in the user's language; empty when nothing differs
 */
GStrv mill_compare_conditions (const MillResult *first, const MillResult *second);

/**
 * mill_noise_floor:
 * @model: a model that the experiment names more than once
 *
 * A against A: how far the medians of copies of the same model lie apart, as a ratio of at
 * least 1. What lies within it may be this machine's noise.
 *
 * Returns: NAN where the model stands once
 */
double mill_noise_floor (const MillResult *result, const char *model, MillFigure figure);

G_END_DECLS
