/*
 * The closed loop's books: which messages have landed. A message has landed when every member of
 * its room who reads has it, whatever the order in which the server serves them, so that the same
 * number in flight is the same depth for every server. Kept in the closed loop only.
 * Counts what each member has received, and looks into no message.
 */
#pragma once
#include <stdint.h>

#include "load.h"

/* With the whole crowd in: all tokens are free, nothing is under way. */
void landing_start(struct load *load);

/* The member has received more than the `before` that it had, or its room has a message more. */
void landing_moved(struct load *load, const struct connection *member, uint64_t before);

/* The member is gone: it is waited for no more, nor is what it said and none has seen. */
void landing_left(struct load *load, const struct connection *member);
