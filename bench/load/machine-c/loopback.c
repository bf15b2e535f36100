/*
 * Sends over one loopback connection, one at a time, the next when the last has been read.
 * The reader is a thread of its own but for READER_ABSENT; the clock runs around send() alone.
 */
#include "loopback.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock-us.h"

#define SENDS 4000
#define ASLEEP_AFTER_US 60 /* until the reader is in recv() again */

struct pair {
  int writer, reader;
  size_t bytes;
  enum reader kind;
  atomic_int read; /* messages, whole */
};

static void or_end(int result, const char *what) {
  if (result >= 0)
    return;
  perror(what);
  exit(1);
}

static void connect_pair(struct pair *pair) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof(address);
  int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
  or_end(bind(listener, (struct sockaddr *)&address, length), "bind");
  or_end(listen(listener, 1), "listen");
  or_end(getsockname(listener, (struct sockaddr *)&address, &length), "getsockname");
  pair->writer = socket(AF_INET, SOCK_STREAM, 0);
  or_end(connect(pair->writer, (struct sockaddr *)&address, length), "connect");
  pair->reader = accept(listener, NULL, NULL);
  or_end(pair->reader, "accept");
  or_end(setsockopt(pair->writer, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)), "nodelay");
  close(listener);
}

static void read_message(struct pair *pair) {
  uint8_t bytes[SEND_BYTES_MAX];
  int flags = pair->kind == READER_AWAKE ? MSG_DONTWAIT : 0;
  for (size_t have = 0; have < pair->bytes;) {
    ssize_t got = recv(pair->reader, bytes, pair->bytes - have, flags);
    have += got > 0 ? (size_t)got : 0;
  }
  atomic_fetch_add(&pair->read, 1);
}

static void *read_all(void *argument) {
  struct pair *pair = argument;
  for (int message = 0; message < SENDS; message++)
    read_message(pair);
  return NULL;
}

static void await_reader(struct pair *pair, int messages) {
  if (pair->kind == READER_ABSENT) {
    read_message(pair);
    return;
  }
  while (atomic_load(&pair->read) < messages)
    ;
  if (pair->kind != READER_ASLEEP)
    return;
  for (double until_us = clock_us() + ASLEEP_AFTER_US; clock_us() < until_us;)
    ;
}

static int ascending(const void *a, const void *b) {
  double left = *(const double *)a, right = *(const double *)b;
  return (left > right) - (left < right);
}

double loopback_send_us(enum reader kind, size_t bytes) {
  static uint8_t message[SEND_BYTES_MAX];
  static double took_us[SENDS];
  struct pair pair = {.bytes = bytes, .kind = kind};
  pthread_t thread;
  connect_pair(&pair);
  if (kind != READER_ABSENT)
    or_end(-pthread_create(&thread, NULL, read_all, &pair), "pthread_create");
  for (int sent = 0; sent < SENDS; sent++) {
    double began_us = clock_us();
    ssize_t accepted = send(pair.writer, message, bytes, MSG_NOSIGNAL);
    took_us[sent] = clock_us() - began_us;
    or_end(accepted == (ssize_t)bytes ? 0 : -1, "send");
    await_reader(&pair, sent + 1);
  }
  if (kind != READER_ABSENT)
    pthread_join(thread, NULL);
  close(pair.writer);
  close(pair.reader);
  qsort(took_us, SENDS, sizeof(took_us[0]), ascending);
  return took_us[SENDS / 2];
}
