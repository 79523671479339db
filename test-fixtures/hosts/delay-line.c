/*
 * Carries frames between two taps, later than they came: delay-line TAP TAP MICROSECONDS [LOST-PER-MILLION]
 *
 * For kernels without netem. Each way has a queue of its own; frames keep their order. What is to be lost is drawn from a fixed seed,
 * and comes in frames of the link's size, as on a wire: without a loss the kernel may hand over large ones, which costs less.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { LARGEST_FRAME = 1 << 17, FRAMES_AT_ONCE = 64 };
static const uint64_t most_queued = 64u << 20;
static const int64_t second = 1000000000;

struct frame {
  struct frame *next;
  int64_t due;
  size_t length;
  char bytes[];
};

struct way {
  int from, to;
  struct frame *first, **end;
  uint64_t queued;
};

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * second + t.tv_nsec;
}

static void die(const char *what) {
  perror(what);
  exit(1);
}

static int open_tap(const char *name, unsigned offload) {
  struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR};
  int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) die("/dev/net/tun");
  strncpy(request.ifr_name, name, IFNAMSIZ - 1);
  if (ioctl(fd, TUNSETIFF, &request) < 0) die(name);
  if (ioctl(fd, TUNSETOFFLOAD, offload) < 0) die("offload");
  return fd;
}

static int is_lost(uint32_t per_million) {
  static uint64_t state = 88172645463325252u;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state % 1000000 < per_million;
}

static void take(struct way *way, int64_t delay, uint32_t per_million) {
  static char bytes[LARGEST_FRAME];
  for (int i = 0; i < FRAMES_AT_ONCE; i++) {
    ssize_t length = read(way->from, bytes, sizeof bytes);
    if (length <= 0) return;
    if (is_lost(per_million) || way->queued + (uint64_t)length > most_queued) continue;
    struct frame *frame = malloc(sizeof *frame + (size_t)length);
    if (frame == NULL) continue;
    frame->next = NULL;
    frame->due = now() + delay;
    frame->length = (size_t)length;
    memcpy(frame->bytes, bytes, (size_t)length);
    *way->end = frame;
    way->end = &frame->next;
    way->queued += (uint64_t)length;
  }
}

/* Sends what is due; the time of the next frame, or -1. */
static int64_t give(struct way *way) {
  struct frame *frame;
  while ((frame = way->first) != NULL && frame->due <= now()) {
    if (write(way->to, frame->bytes, frame->length) < 0 && errno == EAGAIN) return now() + second / 10000;
    way->first = frame->next;
    if (way->first == NULL) way->end = &way->first;
    way->queued -= frame->length;
    free(frame);
  }
  return frame == NULL ? -1 : frame->due;
}

int main(int count, char **words) {
  if (count < 4) return 2;
  int64_t delay = atoll(words[3]) * 1000;
  uint32_t per_million = count > 4 ? (uint32_t)atol(words[4]) : 0;
  unsigned offload = per_million > 0 ? 0 : TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6;
  int one = open_tap(words[1], offload), other = open_tap(words[2], offload);
  struct way ways[2] = {{.from = one, .to = other}, {.from = other, .to = one}};
  for (int i = 0; i < 2; i++) ways[i].end = &ways[i].first;
  prctl(PR_SET_TIMERSLACK, 1000UL);
  puts("carrying");
  fflush(stdout);
  for (;;) {
    int64_t next = -1;
    for (int i = 0; i < 2; i++) {
      int64_t due = give(&ways[i]);
      if (due >= 0 && (next < 0 || due < next)) next = due;
    }
    struct pollfd ready[2] = {{.fd = one, .events = POLLIN}, {.fd = other, .events = POLLIN}};
    int64_t wait = next < 0 ? 0 : next - now();
    if (wait < 0) wait = 0;
    struct timespec limit = {.tv_sec = wait / second, .tv_nsec = wait % second};
    if (ppoll(ready, 2, next < 0 ? NULL : &limit, NULL) < 0 && errno != EINTR) die("ppoll");
    for (int i = 0; i < 2; i++)
      if (ready[i].revents & POLLIN) take(&ways[i], delay, per_million);
  }
}
