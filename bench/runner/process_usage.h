// SPDX-License-Identifier: Apache-2.0
// What a process has used so far, as the kernel counts it. Zero when the process is gone.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>

namespace mtpool::bench {

/// User and system time of all threads, ended ones included (/proc/PID/stat; in steps of 10 ms).
std::chrono::microseconds cpuTime(pid_t pid);

/// The same of the threads there are, to the nanosecond (/proc/PID/task/*/schedstat): for short looks at a
/// process whose threads stay.
std::chrono::nanoseconds cpuTimeOfThreads(pid_t pid);

/// VmRSS and VmHWM of /proc/PID/status, in bytes.
std::int64_t residentBytes(pid_t pid);
std::int64_t peakResidentBytes(pid_t pid);

}  // namespace mtpool::bench
