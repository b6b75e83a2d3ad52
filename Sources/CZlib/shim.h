#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H

#include <string.h>
#include <zlib.h>

// Here and not in Swift: deflateInit2 is a macro, and zlib remembers the address of its stream.

// The most bytes that gzip makes of `count`.
static inline unsigned long czlib_gzip_bound(unsigned long count) { return compressBound(count) + 32; }

// Writes `input` as a gzip file (RFC 1952). Returns its length; 0 when there is no memory or no room.
static inline unsigned long czlib_gzip(
    const unsigned char *input, unsigned int count, unsigned char *output, unsigned int room, int level) {
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    // 16 asks for a gzip header and trailer.
    if (deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    stream.next_in = (unsigned char *)input;
    stream.avail_in = count;
    stream.next_out = output;
    stream.avail_out = room;
    int status = deflate(&stream, Z_FINISH);
    unsigned long length = stream.total_out;
    deflateEnd(&stream);
    return status == Z_STREAM_END ? length : 0;
}

#endif
