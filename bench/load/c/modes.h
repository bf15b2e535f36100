/*
 * The four things that the generator can do, each from greeting to report.
 * Both return the exit code of the process.
 */
#pragma once
#include "load.h"

int talk_run(struct load *load);
int idle_run(struct load *load);
int storm_run(struct load *load);
int traffic_run(struct load *load);
