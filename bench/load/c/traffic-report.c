/*
 * Prints the report of traffic-report.h. Rates are of the measured window; faults are of the whole
 * run. Maru's faults are exact, by seq. Of the other dialects, only those who never moved are known
 * to be owed every message of their room; they are counted, and the rest is not held to anything.
 */
#include "traffic-report.h"

#include "json.h"

/* People who are still in a room are owed nothing more: what was acknowledged must be there. */
static struct seq_faults close_seqs(struct load *load) {
  struct traffic *traffic = load->traffic;
  for (uint32_t i = 0; i < load->crowd; i++) {
    struct membership *membership = &traffic->people[i].membership;
    if (membership->stay == STAY_IN)
      membership_leaving(membership, traffic->room_heads[membership->room]);
    membership_left(membership, &traffic->tally.faults);
  }
  return traffic->tally.faults;
}

static struct seq_faults count_stayers(const struct load *load) {
  struct seq_faults faults = {0};
  for (uint32_t i = 0; i < load->crowd; i++) {
    const struct connection *connection = &load->connections[i];
    uint64_t said = load->room_messages[connection->room];
    if (load->traffic->people[i].moved)
      continue;
    if (connection->received < said)
      faults.missing += said - connection->received;
    else
      faults.extra += connection->received - said;
  }
  return faults;
}

static void print_window(const struct traffic_window *window) {
  const struct tally *from = &window->before, *to = &window->after;
  const struct traffic_tally *begun = &window->traffic_before, *ended = &window->traffic_after;
  print_real("seconds", window->seconds);
  print_count("due", ended->due - begun->due);
  print_count("messages", to->messages - from->messages);
  print_count("expected", ended->expected - begun->expected);
  print_count("deliveries", to->deliveries - from->deliveries);
  print_count("bytes", to->bytes - from->bytes);
  print_count("moves", ended->moves - begun->moves);
  print_count("movesDone", ended->moves_done - begun->moves_done);
  print_count("held", ended->held - begun->held);
  print_real("generatorCpuSeconds", window->generator_cpu_seconds);
  print_real("drainSeconds", window->drain_seconds);
}

static void print_faults(struct load *load) {
  const struct tally *tally = &load->tally;
  const struct traffic *traffic = load->traffic;
  struct seq_faults faults = traffic->checks_seqs ? close_seqs(load) : count_stayers(load);
  uint64_t answered = tally->acks + tally->errors;
  bool silent = load->options.dialect->acknowledges && answered < tally->messages;
  print_count("missing", faults.missing);
  print_count("extra", faults.extra);
  print_count("misordered", faults.misordered);
  print_count("unacknowledged", silent ? tally->messages - answered : 0);
  print_count("unmoved", traffic->moving);
  print_count("unsaid", traffic->tally.unsaid + traffic->held_count);
  print_count("malformed", tally->malformed);
  print_count("disconnects", tally->disconnects + load->refused + load->failed);
  print_count("errors", tally->errors);
  print_count("closes", tally->closes);
  printf("\"firstError\":\"%s\",\"firstClose\":\"%s\"}\n", load->first_error,
         load->first_close[0] != '\0' ? load->first_close : load->first_refusal);
}

void report_traffic(struct load *load, const struct traffic_window *window) {
  const struct histogram *moves = &load->traffic->move_latency;
  printf("{\"dialect\":\"%s\",", load->options.dialect->name);
  print_count("people", load->crowd);
  print_count("rooms", load->options.rooms);
  print_window(window);
  print_latency(&load->latency);
  print_real("moveP50Ms", (double)histogram_quantile(moves, 0.5) / 1e6);
  print_real("moveP99Ms", (double)histogram_quantile(moves, 0.99) / 1e6);
  print_real("moveMaxMs", (double)moves->max_ns / 1e6);
  print_faults(load);
  fflush(stdout);
}
