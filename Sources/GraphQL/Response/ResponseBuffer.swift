/// The bytes of a response while it is written: one growing piece of memory.
///
/// Invariant, and the proof of every `unsafe` here: `base` points to `capacity` bytes that this value alone owns, the
/// first `count` of which are initialised; every write is preceded by `reserve`, which makes room for it.
@safe
@usableFromInline package struct ResponseBuffer: ~Copyable {
    @usableFromInline var base: UnsafeMutablePointer<UInt8>
    @usableFromInline var capacity: Int
    /// The number of bytes written.
    @usableFromInline package internal(set) var count: Int

    @usableFromInline package init(capacity: Int) {
        self.capacity = max(capacity, 64)
        unsafe base = .allocate(capacity: self.capacity)
        count = 0
    }

    deinit { unsafe base.deallocate() }

    /// Makes room for `size` more bytes.
    @inlinable @inline(__always)
    mutating func reserve(_ size: Int) {
        if capacity - count < size { grow(size) }
    }

    @usableFromInline @inline(never)
    mutating func grow(_ size: Int) {
        let larger = max(capacity * 2, count + size)
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        unsafe copy.update(from: base, count: count)
        unsafe base.deallocate()
        unsafe base = copy
        capacity = larger
    }

    /// Drops what was written from `count` on.
    @inlinable @inline(__always)
    mutating func truncate(to count: Int) {
        self.count = count
    }

    @inlinable @inline(__always)
    package mutating func append(_ byte: UInt8) {
        reserve(1)
        unsafe base[count] = byte
        count += 1
    }

    /// Appends the `size` lowest bytes of a word, the lowest first.
    @inlinable @inline(__always)
    mutating func append(_ word: UInt64, count size: Int) {
        reserve(8)
        unsafe UnsafeMutableRawPointer(base + count).storeBytes(of: word.littleEndian, as: UInt64.self)
        count += size
    }

    /// Overwrites the last byte.
    @inlinable @inline(__always)
    mutating func replaceLast(with byte: UInt8) {
        unsafe base[count - 1] = byte
    }

    /// How many bytes behind the end `append(padded:count:)` may read and write.
    static let padding = 16

    /// Appends bytes behind which `padding` more can be read: short ones are copied by words.
    @inline(__always)
    mutating func append(padded bytes: UnsafeRawPointer, count size: Int) {
        reserve(size + Self.padding)
        let target = unsafe UnsafeMutableRawPointer(base + count)
        if size <= Self.padding {
            let words = unsafe bytes.loadUnaligned(as: SIMD2<UInt64>.self)
            unsafe target.storeBytes(of: words, as: SIMD2<UInt64>.self)
        } else {
            unsafe target.copyMemory(from: bytes, byteCount: size)
        }
        count += size
    }

    /// Makes sure that `padding` bytes behind the end can be read.
    mutating func pad() {
        reserve(Self.padding)
        unsafe (base + count).update(repeating: 0, count: Self.padding)
    }

    @usableFromInline package mutating func append(_ text: StaticString) {
        reserve(text.utf8CodeUnitCount)
        unsafe (base + count).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        count += text.utf8CodeUnitCount
    }

    /// Appends bytes of its own from before.
    mutating func append(_ range: Range<Int>, of other: borrowing ResponseBuffer) {
        reserve(range.count)
        unsafe (base + count).update(from: other.base + range.lowerBound, count: range.count)
        count += range.count
    }

    @inlinable
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        reserve(bytes.count)
        unsafe (base + count).update(from: start, count: bytes.count)
        count += bytes.count
    }

    /// All that was written.
    @usableFromInline package var bytes: [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count) { target, written in
            if let start = target.baseAddress { unsafe start.update(from: base, count: count) }
            written = count
        }
    }
}
