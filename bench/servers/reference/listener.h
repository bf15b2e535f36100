/*
 * The listening socket that both references have: loopback only, port 0 for a free one.
 */
#pragma once
#include <stdint.h>

/* Listens and prints `listening on 127.0.0.1:PORT`; ends the process when that is not to be had. */
int listener_open(const char *port);

/* The next waiting connection, non-blocking and without Nagle's delay; -1 when there is none. */
int listener_accept(int listener);
