/*
 * The bytes of a Maru message event, as a client of the other dialects sends them, so that a
 * delivery is as many bytes, with the same beginning and end, in all of them.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

struct connection;

#define MESSAGE_EVENT_BYTES_MAX (8192 + 128)

/* Writes the event for the connection's next message; returns its length in bytes. */
size_t message_event_write(uint8_t *out, struct connection *connection, uint32_t text_bytes,
                           uint64_t due_ns);
