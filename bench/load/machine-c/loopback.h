/* What a send() over loopback TCP takes, by what the reader does meanwhile. */
#pragma once

#include <stddef.h>

#define SEND_BYTES_MAX 16384

enum reader {
  READER_ABSENT, /* no reader is in the kernel for it: it is read after the clock has stopped */
  READER_AWAKE,  /* another thread asks again and again without waiting */
  READER_ASLEEP, /* another thread waits in recv() and must be woken */
};

/* The median of many sends, in microseconds; ends the process when there is no loopback. */
double loopback_send_us(enum reader reader, size_t bytes);
