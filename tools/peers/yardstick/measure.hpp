#pragma once

#include <sys/resource.h>

#include <ctime>

inline double clockSeconds(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Seconds of processor time of this process: other work on the machine counts little.
inline double cpuSeconds() { return clockSeconds(CLOCK_PROCESS_CPUTIME_ID); }

/// Seconds on the wall since some moment.
inline double wallSeconds() { return clockSeconds(CLOCK_MONOTONIC); }

/// The most memory this process has held so far, in MiB.
inline double peakRssMb() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
#ifdef __APPLE__
  return static_cast<double>(usage.ru_maxrss) / (1 << 20);
#else
  return static_cast<double>(usage.ru_maxrss) / (1 << 10);
#endif
}
