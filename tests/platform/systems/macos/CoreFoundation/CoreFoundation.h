/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declarations that src/platform uses, after the reference of Core Foundation. */
#pragma once

typedef const void *CFTypeRef;
typedef const struct CFString *CFStringRef;
typedef enum {
  kCFCompareLessThan = -1,
  kCFCompareEqualTo,
  kCFCompareGreaterThan
} CFComparisonResult;

#define CFSTR(text) ((CFStringRef) (const void *) (text))

CFComparisonResult CFStringCompare (CFStringRef a, CFStringRef b, unsigned long options);
void CFRelease (CFTypeRef object);
