/*
 * Brings one connection in, for the first time or again: as if it had never been there before.
 * Knows neither why nor how often; storm.c and traffic.c do.
 */
#pragma once
#include <stdbool.h>

#include "load.h"

/* Dials and greets. False, with the connection closed, when there is no socket to be had. */
bool redial(struct load *load, struct connection *connection);
