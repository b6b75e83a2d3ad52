#ifndef CLINUXFILTER_SHIM_H
#define CLINUXFILTER_SHIM_H

#include <linux/filter.h>
#include <string.h>
#include <sys/socket.h>

// A `struct sock_fprog` as bytes: Swift hands them to the kernel and has no use for the pointer in them.
typedef struct {
    unsigned char bytes[sizeof(struct sock_fprog)];
} clinuxfilter_program;

// Drops what opens a TCP connection and lets everything else through. Linux: Documentation/networking/filter.rst
static inline clinuxfilter_program clinuxfilter_without_syn(void) {
    // A filter sees a packet from its TCP header on, where byte 13 has the flags; 2 is SYN (RFC 9293 §3.1). It lives as
    // long as the process.
    static struct sock_filter instructions[] = {
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 13),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 2, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0),
        BPF_STMT(BPF_RET | BPF_K, 0xFFFFFFFF),
    };
    struct sock_fprog filter = {.len = 4, .filter = instructions};
    clinuxfilter_program program;
    memcpy(program.bytes, &filter, sizeof filter);
    return program;
}

#endif
