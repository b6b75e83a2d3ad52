internal import CLibCurl

/// One request on its way: a libcurl easy handle, and what its callbacks read and write.
///
/// Lives on the loop's thread alone, from its order to its outcome. The handle and its lists are freed with it.
@safe final class Transfer {
    let order: TransferOrder
    let easy: UnsafeMutableRawPointer
    let errorBuffer: UnsafeMutablePointer<CChar>
    var headerList: UnsafeMutablePointer<curl_slist>?

    /// The part of the request's body that libcurl is reading.
    private var chunk: [UInt8] = []
    private var chunkOffset = 0

    private var responseHeaders: [(name: String, value: String)] = []
    private var responseHeaderBytes = 0
    private var responseBody: [UInt8] = []
    /// Whether the order's completion has been told the head of a streamed response.
    private var isHeadDelivered = false
    /// Whether the answer has begun, and says that the rest of the body is not wanted.
    private var isAnsweredEarly = false

    /// Why a callback stopped the transfer; libcurl itself only knows that one did.
    private var stopReason: CurlError?

    /// Sets up the handle; nothing is sent yet.
    init(_ order: TransferOrder) throws(CurlError) {
        guard let easy = unsafe curl_easy_init() else { throw .invalidRequest("There is no memory for libcurl.") }
        self.order = order
        unsafe self.easy = easy
        unsafe self.errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        if case .bytes(let bytes) = order.body { chunk = bytes }
        try setOptions()
    }

    deinit {
        unsafe curl_easy_cleanup(easy)
        unsafe curl_slist_free_all(headerList)
        unsafe errorBuffer.deallocate()
    }

    // MARK: Life

    /// The transfer that a handle reported by libcurl belongs to.
    static func id(of easy: UnsafeMutableRawPointer) -> TransferID? {
        var pointer: UnsafeMutableRawPointer?
        guard unsafe curl_easy_getinfo_pointer(easy, CURLINFO_PRIVATE, &pointer) == CURLE_OK else { return nil }
        return TransferID(number: Int(bitPattern: pointer))
    }

    func start(_ multi: UnsafeMutableRawPointer) {
        unsafe curl_multi_add_handle(multi, easy)
    }

    /// Goes on after ``RequestBodyFlow/Next/notYet``, or when there is room again for a streamed response.
    func resume() {
        unsafe curl_easy_pause(easy, CURLPAUSE_CONT)
    }

    /// Lets a transfer end whose answer came before the end of its body. libcurl stops sending then, but goes on waiting for
    /// a body that has paused.
    func endPauseAfterAnswer() {
        guard isAnsweredEarly else { return }
        isAnsweredEarly = false
        resume()
    }

    /// Takes the transfer off the wire; its channel is closed.
    func cancel(_ multi: UnsafeMutableRawPointer) {
        unsafe end(multi, .failure(.cancelled))
    }

    /// libcurl has done its part.
    func finish(_ result: CURLcode, _ multi: UnsafeMutableRawPointer) {
        unsafe end(multi, outcome(of: result))
    }

    private func end(_ multi: UnsafeMutableRawPointer, _ outcome: TransferOutcome) {
        unsafe curl_multi_remove_handle(multi, easy)
        if case .pipe(let pipe, _) = order.body { pipe.close() }
        guard let responsePipe = order.responsePipe else { return order.completion.resume(returning: outcome) }
        switch outcome {
        case .response: responsePipe.finish(nil)
        case .failure(let error), .staleChannel(let error): responsePipe.finish(error)
        }
        if !isHeadDelivered { order.completion.resume(returning: outcome) }
    }

    /// Tells whoever waits for a streamed response that its body begins.
    private func deliverHead() {
        let status = number(CURLINFO_RESPONSE_CODE)
        // An interim response is followed by another head; trailers follow the body.
        guard order.responsePipe != nil, !isHeadDelivered, status >= 200 else { return }
        isHeadDelivered = true
        order.completion.resume(
            returning: .response(CurlResponse(status: status, headers: responseHeaders, body: [])))
    }

    private func outcome(of result: CURLcode) -> TransferOutcome {
        if let stopReason { return .failure(stopReason) }
        guard result == CURLE_OK else {
            let error = unsafe CurlError(result, detail: String(cString: errorBuffer))
            return isStaleChannel(result) ? .staleChannel(error) : .failure(error)
        }
        let status = number(CURLINFO_RESPONSE_CODE)
        return .response(CurlResponse(status: status, headers: responseHeaders, body: responseBody))
    }

    private func isStaleChannel(_ result: CURLcode) -> Bool {
        switch result {
        // libcurl saw it by itself, but can't send again what it has read from the body.
        case CURLE_SEND_FAIL_REWIND: true
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING:
            responseHeaderBytes == 0 && number(CURLINFO_NUM_CONNECTS) == 0
        default: false
        }
    }

    private func number(_ info: CURLINFO) -> Int {
        var value = 0
        unsafe curl_easy_getinfo_long(easy, info, &value)
        return value
    }

    // MARK: What libcurl calls

    /// Copies the next part of the request's body.
    ///
    /// libcurl: CURLOPT_READFUNCTION(3)
    func readBody(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        if chunkOffset == chunk.count, case .pipe(let pipe, _) = order.body {
            switch pipe.take() {
            case .chunk(let next):
                chunk = next
                chunkOffset = 0
            case .notYet: return Int(CURL_READFUNC_PAUSE)
            case .end: return 0
            case .failed(let error):
                stopReason = error
                return Int(CURL_READFUNC_ABORT)
            }
        }
        let count = min(buffer.count, chunk.count - chunkOffset)
        unsafe chunk.withUnsafeBytes { bytes in
            unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[chunkOffset..<chunkOffset + count]))
        }
        chunkOffset += count
        if chunkOffset == chunk.count {
            chunk = []
            chunkOffset = 0
        }
        return count
    }

    /// Takes one line of the response's head. A status line starts anew: what came before was an interim response.
    ///
    /// libcurl: CURLOPT_HEADERFUNCTION(3)
    func receiveHeader(_ line: UnsafeRawBufferPointer) -> Int {
        responseHeaderBytes += line.count
        guard responseHeaderBytes <= order.request.maximumResponseBytes + Transfer.headerAllowance else {
            return refuseResponse()
        }
        let text = unsafe String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            responseHeaders = []
        } else if text == "\r\n" || text == "\n" {
            if case .pipe = order.body, number(CURLINFO_RESPONSE_CODE) >= 300 { isAnsweredEarly = true }
            deliverHead()
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...].trimmingWhitespace()
            responseHeaders.append((name: String(text[..<colon]), value: String(value)))
        }
        return line.count
    }

    /// Collects the response's body, or passes it on. libcurl keeps what there is no room for, until it is resumed.
    ///
    /// libcurl: CURLOPT_WRITEFUNCTION(3)
    func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        if let pipe = order.responsePipe {
            return unsafe pipe.put([UInt8](bytes)) ? bytes.count : Int(CURL_WRITEFUNC_PAUSE)
        }
        guard responseBody.count + bytes.count <= order.request.maximumResponseBytes else {
            return refuseResponse()
        }
        unsafe responseBody.append(contentsOf: bytes)
        return bytes.count
    }

    /// A small limit on the body must not refuse an ordinary head.
    private static let headerAllowance = 64 << 10

    /// Any number but the count received ends the transfer.
    private func refuseResponse() -> Int {
        stopReason = .responseTooLarge
        return Int(CURL_WRITEFUNC_ERROR)
    }
}

extension Substring {
    /// Without the optional white space around a header's value and the line's end (RFC 9110 §5.6.3).
    fileprivate func trimmingWhitespace() -> Substring {
        var trimmed = self
        while let first = trimmed.first, first.isWhitespace { trimmed.removeFirst() }
        while let last = trimmed.last, last.isWhitespace { trimmed.removeLast() }
        return trimmed
    }
}
