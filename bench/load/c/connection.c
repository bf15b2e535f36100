/*
 * Dials, flushes and closes the sockets of connection.h.
 * Every socket is non-blocking and goes to loopback; nothing here waits.
 */
#include "connection.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

/* Below the 28,232 ephemeral ports that Linux gives one source address by default. */
#define CONNECTIONS_PER_SOURCE 20000

static struct sockaddr_in loopback(uint32_t host, uint16_t port) {
  return (struct sockaddr_in){
      .sin_family = AF_INET,
      .sin_port = htons(port),
      .sin_addr.s_addr = htonl((127u << 24) + host),
  };
}

/* 127.0.0.1 has ports enough for most runs; beyond, each further address brings as many again. */
static void bind_source(int fd, uint32_t index) {
  uint32_t source = index / CONNECTIONS_PER_SOURCE;
  if (source == 0)
    return;
  int on = 1;
  setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof(on));
  struct sockaddr_in address = loopback(1 + source, 0);
  bind(fd, (struct sockaddr *)&address, sizeof(address));
}

/*
 * A stalled member must be felt within seconds. On loopback the kernel would otherwise hold
 * megabytes for it, because it sizes the sender's buffer by the 64 KB segments of the device.
 */
static void narrow(int fd) {
  int receive_bytes = 4096, segment_bytes = 536;
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof(receive_bytes));
  setsockopt(fd, IPPROTO_TCP, TCP_MAXSEG, &segment_bytes, sizeof(segment_bytes));
}

bool connection_dial(struct connection *connection, uint16_t port) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return false;
  int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  if (connection->stalled)
    narrow(fd);
  bind_source(fd, connection->index);
  struct sockaddr_in address = loopback(1, port);
  if (connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0 && errno != EINPROGRESS) {
    close(fd);
    return false;
  }
  connection->fd = fd;
  connection->phase = PHASE_GREETING;
  return true;
}

bool connection_flush(struct connection *connection) {
  struct bytes *out = &connection->out;
  while (out->length > 0) {
    ssize_t taken = send(connection->fd, out->data + out->start, out->length, MSG_NOSIGNAL);
    if (taken < 0)
      return errno == EAGAIN || errno == EINTR || errno == ENOTCONN;
    bytes_take(out, (size_t)taken);
  }
  return true;
}

void connection_close(struct connection *connection, enum phase phase) {
  if (connection->fd >= 0)
    close(connection->fd);
  connection->fd = -1;
  connection->phase = phase;
  bytes_free(&connection->tail);
  bytes_free(&connection->out);
}
