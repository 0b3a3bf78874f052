/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declarations that src/platform uses, after the reference of the I/O Kit. */
#pragma once
#include <CoreFoundation/CoreFoundation.h>

#define kIOPMBatteryPowerKey "Battery Power"

CFTypeRef IOPSCopyPowerSourcesInfo (void);
CFStringRef IOPSGetProvidingPowerSourceType (CFTypeRef snapshot);
