/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* What each program here defines. libFuzzer calls it with inputs that it invents, replay.c with
 * those of the corpus. It must not crash, leak, hang or fail an assertion, whatever is given. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
