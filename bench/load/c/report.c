/*
 * Prints the report of report.h. Rates are of the measured window; missing, extra and everything
 * that went wrong are of the whole run, because a fault in the warm-up is a fault.
 */
#include "report.h"

#include <stdio.h>

#include "json.h"

struct balance {
  uint64_t missing, extra;
};

/* Every member that reads must have received exactly what was said in its room. */
static struct balance balance_of(const struct load *load) {
  struct balance balance = {0};
  for (uint32_t i = 0; i < load->crowd; i++) {
    const struct connection *connection = &load->connections[i];
    uint64_t said = load->room_messages[connection->room];
    if (connection->stalled)
      continue;
    if (connection->received < said)
      balance.missing += said - connection->received;
    else
      balance.extra += connection->received - said;
  }
  return balance;
}

static void print_setting(const struct options *options) {
  printf("{\"dialect\":\"%s\",", options->dialect->name);
  print_count("rooms", options->rooms);
  print_count("members", options->members);
  print_count("talkers", options->talkers);
  print_count("stalled", options->stalled);
  print_count("textBytes", options->text_bytes);
  print_count("inflight", options->rate > 0 ? 0 : options->inflight);
  print_count("rate", options->rate);
}

static void print_window(const struct window *window) {
  const struct tally *from = &window->before, *to = &window->after;
  print_real("seconds", window->seconds);
  print_count("deliveries", to->deliveries - from->deliveries);
  print_count("messages", to->messages - from->messages);
  print_count("acks", to->acks - from->acks);
  print_count("bytes", to->bytes - from->bytes);
  print_real("deliveriesPerSecond", (double)(to->deliveries - from->deliveries) / window->seconds);
  print_real("messagesPerSecond", (double)(to->messages - from->messages) / window->seconds);
  print_real("generatorCpuSeconds", window->generator_cpu_seconds);
  print_real("drainSeconds", window->drain_seconds);
}

static void print_faults(const struct load *load) {
  const struct tally *tally = &load->tally;
  struct balance balance = balance_of(load);
  uint64_t answered = tally->acks + tally->errors;
  bool silent = load->options.dialect->acknowledges && answered < tally->messages;
  print_count("missing", balance.missing);
  print_count("extra", balance.extra);
  print_count("unacknowledged", silent ? tally->messages - answered : 0);
  print_count("misordered", tally->misordered);
  print_count("malformed", tally->malformed);
  print_count("disconnects", tally->disconnects);
  print_count("stalledDisconnects", tally->stalled_disconnects);
  print_count("errors", tally->errors);
  print_count("closes", tally->closes);
  printf("\"firstError\":\"%s\",\"firstClose\":\"%s\"}\n", load->first_error, load->first_close);
}

void report_talk(const struct load *load, const struct window *window) {
  print_setting(&load->options);
  print_window(window);
  print_latency(&load->latency);
  print_faults(load);
  fflush(stdout);
}
