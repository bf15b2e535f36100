/*
 * One turn of the event loop: wait, read what is there, send what is due.
 * Owns the epoll set, the shared receive buffer and the list of connections to flush.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "load.h"

void turn_start(struct load *load);

/* Watches the socket of a connection that has just been dialled. */
void turn_watch(struct load *load, struct connection *connection);

/* Asks for one flush of the connection at the end of this turn, however much is appended. */
void turn_flush_later(struct load *load, struct connection *connection);

/* Waits up to wait_ns for sockets to be ready, and reads them. True when standard input ended. */
bool turn_wait(struct load *load, uint64_t wait_ns);

void turn_flush(struct load *load);
