internal import CLibCurl

/// How libcurl is told what to do: the options of one transfer.
///
/// libcurl: curl_easy_setopt(3)
extension Transfer {
    /// A body above this size, in bytes, gets a send buffer of this size.
    private static let largeBody = 256 << 10

    /// What libcurl hands over at a time of a response that is streamed, at most.
    private static let streamedPiece = 64 << 10

    func setOptions() throws(CurlError) {
        try setPolicy()
        try setRequest()
        try setTimeouts(order.request.timeouts)
        try setCallbacks()
    }

    /// What is the same for every request.
    private func setPolicy() throws(CurlError) {
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        // Object stores speak nothing newer, and a paused upload is simplest with TCP's own flow control.
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        // No signal handlers, no SIGALRM: they are a process's, not a library's.
        try set(CURLOPT_NOSIGNAL, 1)
        // A transfer that ends during name resolution lets go of the resolver's thread instead of waiting for it,
        // which would hold up every other transfer of the loop.
        try set(CURLOPT_QUICK_EXIT, 1)
    }

    private func setRequest() throws(CurlError) {
        let request = order.request
        try set(CURLOPT_URL, request.url)
        try set(CURLOPT_PATH_AS_IS, 1)
        if order.onFreshChannel { try set(CURLOPT_FRESH_CONNECT, 1) }

        let bodyLength =
            switch order.body {
            case .bytes(let bytes): bytes.count
            case .pipe(_, let length): length
            }
        if bodyLength > 0 || request.method.expectsBody {
            try set(CURLOPT_UPLOAD, 1)
            // Each time round, libcurl reads and sends one buffer: the default of 64 KiB makes a large body take many.
            if bodyLength > Self.largeBody { try set(CURLOPT_UPLOAD_BUFFERSIZE, Self.largeBody) }
            try check(unsafe curl_easy_setopt_offset(easy, CURLOPT_INFILESIZE_LARGE, bodyLength))
        } else if request.method == .head {
            try set(CURLOPT_NOBODY, 1)
        }
        try set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        if order.responsePipe != nil { try set(CURLOPT_BUFFERSIZE, Self.streamedPiece) }

        // No "Expect: 100-continue", which costs a round trip; the empty value takes libcurl's own header away.
        try appendHeader("Expect:")
        for header in request.headers {
            try appendHeader(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
        }
        try check(unsafe curl_easy_setopt_list(easy, CURLOPT_HTTPHEADER, headerList))
    }

    private func setTimeouts(_ timeouts: CurlTimeouts) throws(CurlError) {
        try set(CURLOPT_CONNECTTIMEOUT_MS, timeouts.connect.wholeMilliseconds)
        try set(CURLOPT_TIMEOUT_MS, timeouts.total.wholeMilliseconds)
        try set(CURLOPT_LOW_SPEED_LIMIT, 1)
        try set(CURLOPT_LOW_SPEED_TIME, (timeouts.stall.wholeMilliseconds + 999) / 1000)
    }

    /// The callbacks get the transfer unretained: the loop holds it for as long as libcurl has the handle.
    private func setCallbacks() throws(CurlError) {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        try check(unsafe curl_easy_setopt_pointer(easy, CURLOPT_ERRORBUFFER, errorBuffer))
        try check(
            unsafe curl_easy_setopt_pointer(
                easy, CURLOPT_PRIVATE, UnsafeMutableRawPointer(bitPattern: order.id.number)
            )
        )
        try check(unsafe curl_easy_setopt_pointer(easy, CURLOPT_READDATA, context))
        try check(
            unsafe curl_easy_setopt_read(easy, CURLOPT_READFUNCTION) { bytes, size, count, context in
                guard let transfer = unsafe Transfer.from(context) else { return Int(CURL_READFUNC_ABORT) }
                return unsafe transfer.readBody(into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
            }
        )
        try check(unsafe curl_easy_setopt_pointer(easy, CURLOPT_HEADERDATA, context))
        try check(
            unsafe curl_easy_setopt_write(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
                guard let transfer = unsafe Transfer.from(context) else { return Int(CURL_WRITEFUNC_ERROR) }
                return unsafe transfer.receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
            }
        )
        try check(unsafe curl_easy_setopt_pointer(easy, CURLOPT_WRITEDATA, context))
        try check(
            unsafe curl_easy_setopt_write(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                guard let transfer = unsafe Transfer.from(context) else { return Int(CURL_WRITEFUNC_ERROR) }
                return unsafe transfer.receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
            }
        )
        guard order.request.onSend != nil else { return }
        try check(unsafe curl_easy_setopt_pointer(easy, CURLOPT_PREREQDATA, context))
        try check(
            unsafe curl_easy_setopt_prereq(easy, CURLOPT_PREREQFUNCTION) { context, _, _, _, _ in
                unsafe Transfer.from(context)?.order.request.onSend?()
                return CInt(CURL_PREREQFUNC_OK)
            }
        )
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        guard let context = unsafe context else { return nil }
        return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }

    private func appendHeader(_ line: String) throws(CurlError) {
        guard let longer = unsafe curl_slist_append(headerList, line) else {
            throw .invalidRequest("There is no memory for libcurl.")
        }
        unsafe headerList = longer
    }

    private func set(_ option: CURLoption, _ value: Int) throws(CurlError) {
        try check(unsafe curl_easy_setopt_long(easy, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(CurlError) {
        try check(unsafe curl_easy_setopt_string(easy, option, value))
    }

    private func check(_ result: CURLcode) throws(CurlError) {
        guard result == CURLE_OK else { throw CurlError(result, detail: "") }
    }
}

extension Duration {
    /// Rounded up, and at least one: to libcurl zero means no limit.
    fileprivate var wholeMilliseconds: Int {
        max(1, Int((self / .milliseconds(1)).rounded(.up)))
    }
}
