/*
 * Carries frames between two taps, later than they came: delay-line TAP TAP MICROSECONDS [LOST [DOUBLED [OVERTAKEN]]]
 *
 * For kernels without netem. Frames keep their order, but for those that are overtaken. How many of a million are lost, come twice, or
 * are overtaken by what comes behind them is drawn from a fixed seed, for frames of the link's size, as on a wire: where none is, the
 * kernel may hand over large ones, which costs less.
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
/* What is overtaken takes so much longer: some frames of a link of 1 MB/s. */
static const int64_t lateness = 5000000;

struct weather {
  int64_t delay;
  uint32_t lost, doubled, overtaken;
};

struct frame {
  struct frame *next;
  int64_t due;
  size_t length;
  char bytes[];
};

struct queue {
  struct frame *first, **end;
};

struct way {
  int from, to;
  struct queue on_time, late;
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

static int happens(uint32_t per_million) {
  static uint64_t state = 88172645463325252u;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state % 1000000 < per_million;
}

static void put(struct way *way, struct queue *queue, int64_t due, const char *bytes, size_t length) {
  if (way->queued + length > most_queued) return;
  struct frame *frame = malloc(sizeof *frame + length);
  if (frame == NULL) return;
  frame->next = NULL;
  frame->due = due;
  frame->length = length;
  memcpy(frame->bytes, bytes, length);
  *queue->end = frame;
  queue->end = &frame->next;
  way->queued += length;
}

static void take(struct way *way, const struct weather *weather) {
  static char bytes[LARGEST_FRAME];
  for (int i = 0; i < FRAMES_AT_ONCE; i++) {
    ssize_t length = read(way->from, bytes, sizeof bytes);
    if (length <= 0) return;
    if (happens(weather->lost)) continue;
    int64_t due = now() + weather->delay;
    for (int copies = happens(weather->doubled) ? 2 : 1; copies > 0; copies--) {
      if (happens(weather->overtaken)) put(way, &way->late, due + lateness, bytes, (size_t)length);
      else put(way, &way->on_time, due, bytes, (size_t)length);
    }
  }
}

static int64_t sooner(int64_t one, int64_t other) {
  if (one < 0 || other < 0) return one < 0 ? other : one;
  return one < other ? one : other;
}

/* Sends what is due; the time of the next frame, or -1. */
static int64_t give(struct way *way, struct queue *queue) {
  struct frame *frame;
  while ((frame = queue->first) != NULL && frame->due <= now()) {
    if (write(way->to, frame->bytes, frame->length) < 0 && errno == EAGAIN) return now() + second / 10000;
    queue->first = frame->next;
    if (queue->first == NULL) queue->end = &queue->first;
    way->queued -= frame->length;
    free(frame);
  }
  return frame == NULL ? -1 : frame->due;
}

/* A word of the command line that may be left out. */
static uint32_t per_million(int count, char **words, int at) {
  return count > at ? (uint32_t)atol(words[at]) : 0;
}

int main(int count, char **words) {
  if (count < 4) return 2;
  struct weather weather = {
    .delay = atoll(words[3]) * 1000,
    .lost = per_million(count, words, 4),
    .doubled = per_million(count, words, 5),
    .overtaken = per_million(count, words, 6),
  };
  int is_fair = weather.lost + weather.doubled + weather.overtaken == 0;
  unsigned offload = is_fair ? TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6 : 0;
  int one = open_tap(words[1], offload), other = open_tap(words[2], offload);
  struct way ways[2] = {{.from = one, .to = other}, {.from = other, .to = one}};
  for (int i = 0; i < 2; i++) {
    ways[i].on_time.end = &ways[i].on_time.first;
    ways[i].late.end = &ways[i].late.first;
  }
  prctl(PR_SET_TIMERSLACK, 1000UL);
  puts("carrying");
  fflush(stdout);
  for (;;) {
    int64_t next = -1;
    for (int i = 0; i < 2; i++) {
      next = sooner(next, give(&ways[i], &ways[i].on_time));
      next = sooner(next, give(&ways[i], &ways[i].late));
    }
    struct pollfd ready[2] = {{.fd = one, .events = POLLIN}, {.fd = other, .events = POLLIN}};
    int64_t wait = next < 0 ? 0 : next - now();
    if (wait < 0) wait = 0;
    struct timespec limit = {.tv_sec = wait / second, .tv_nsec = wait % second};
    if (ppoll(ready, 2, next < 0 ? NULL : &limit, NULL) < 0 && errno != EINTR) die("ppoll");
    for (int i = 0; i < 2; i++)
      if (ready[i].revents & POLLIN) take(&ways[i], &weather);
  }
}
