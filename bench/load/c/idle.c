/*
 * The idle run: bring in as many connections as asked, say how many are held, and hold them with a
 * ping now and then until standard input ends or the time is up. No one of them talks.
 */
#include <stdio.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "clock.h"
#include "greet.h"
#include "modes.h"
#include "pace.h"
#include "turn.h"

#define GREET_SECONDS_MAX 120

static void print_line(const struct load *load, const char *event, uint32_t held) {
  printf("{\"event\":\"%s\",\"held\":%u,\"refused\":%u,\"failed\":%u,\"disconnects\":%lu,"
         "\"refusal\":\"%s\",\"firstClose\":\"%s\"}\n",
         event, held, load->refused, load->failed, (unsigned long)load->tally.disconnects,
         load->first_refusal, load->first_close);
  fflush(stdout);
}

static uint32_t held(const struct load *load) {
  return load->ready - (uint32_t)load->tally.disconnects;
}

int idle_run(struct load *load) {
  bool settled = greet_all(load, clock_ns() + GREET_SECONDS_MAX * NS_PER_S);
  print_line(load, settled ? "held" : "late", held(load));
  struct epoll_event input = {.events = EPOLLIN};
  epoll_ctl(load->epoll, EPOLL_CTL_ADD, STDIN_FILENO, &input); /* fails for a file: no matter */
  uint64_t until_ns = clock_ns() + (uint64_t)(load->options.seconds * 1e9);
  bool released = false;
  while (!released && clock_ns() < until_ns) {
    released = turn_wait(load, 20 * NS_PER_MS);
    pace_pings(load);
    turn_flush(load);
  }
  print_line(load, "released", held(load));
  return 0;
}
