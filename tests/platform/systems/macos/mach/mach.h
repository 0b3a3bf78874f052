/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declarations that src/platform uses, after the headers of the Mach kernel of macOS. */
#pragma once
#include <stdint.h>

#define KERN_SUCCESS 0
#define MACH_TASK_BASIC_INFO 20
#define HOST_CPU_LOAD_INFO 3
#define HOST_VM_INFO64 4
#define CPU_STATE_USER 0
#define CPU_STATE_SYSTEM 1
#define CPU_STATE_IDLE 2
#define CPU_STATE_NICE 3

typedef int kern_return_t;
typedef unsigned int mach_port_t;
typedef unsigned int natural_t;
typedef unsigned int mach_msg_type_number_t;
typedef int *task_info_t;
typedef int *host_info_t;
typedef int *host_info64_t;

struct mach_task_basic_info {
  uint64_t virtual_size;
  uint64_t resident_size;
  uint64_t resident_size_max;
};

typedef struct {
  natural_t cpu_ticks[4];
} host_cpu_load_info_data_t;

typedef struct {
  natural_t free_count;
  natural_t inactive_count;
  natural_t purgeable_count;
} vm_statistics64_data_t;

#define COUNT_OF(type) ((mach_msg_type_number_t) (sizeof (type) / sizeof (natural_t)))
#define MACH_TASK_BASIC_INFO_COUNT COUNT_OF (struct mach_task_basic_info)
#define HOST_CPU_LOAD_INFO_COUNT COUNT_OF (host_cpu_load_info_data_t)
#define HOST_VM_INFO64_COUNT COUNT_OF (vm_statistics64_data_t)

mach_port_t mach_task_self (void);
mach_port_t mach_host_self (void);
kern_return_t
task_info (mach_port_t task, natural_t flavor, task_info_t info, mach_msg_type_number_t *count);
kern_return_t
host_statistics (mach_port_t host, int flavor, host_info_t info, mach_msg_type_number_t *count);
kern_return_t
host_statistics64 (mach_port_t host, int flavor, host_info64_t info, mach_msg_type_number_t *count);
