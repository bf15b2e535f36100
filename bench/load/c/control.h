/*
 * What everything but a message does to a connection: greeted, in, acknowledged, refused, broken.
 * The dialects call these; they alone move a connection from one phase to the next.
 */
#pragma once
#include <stdint.h>

#include "load.h"

/* The greeting was answered: joins the room, or is ready where no room is asked for. */
void control_greeted(struct load *load, struct connection *connection);

/* The connection is in its room. A stalled member stops reading here, for good. */
void control_ready(struct load *load, struct connection *connection);

/* A command failed; `code` is what the server calls it. */
void control_error(struct load *load, struct connection *connection, const char *code);

/* The server announces that it will close the connection. */
void control_close(struct load *load, struct connection *connection, const char *code);

/* Bytes that the dialect does not allow: the connection is closed, as nothing after can be read. */
void control_malformed(struct load *load, struct connection *connection);

/* The socket is gone, whichever side ended it. */
void control_lost(struct load *load, struct connection *connection);
