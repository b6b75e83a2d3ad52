internal import Curl

/// One call of the store's API, before it is signed.
struct S3Call: Sendable {
    let method: CurlRequest.Method
    /// Encoded.
    let path: String
    var query: [(name: String, value: String)] = []
    var headers: [(name: String, value: String)] = []
    var body = CurlBody.none
    /// Of the body.
    var payloadHash = PayloadHash.ofNothing
    var maximumResponseBytes = S3Client.maximumErrorBytes
    /// Whether carrying it out twice does what carrying it out once does.
    var isIdempotent = true
    /// Whether the store may begin to answer with success before it knows, and say in the body that it failed.
    var answersEarly = false
    /// When the last attempt must be over; nil for the configured total time from now on.
    var deadline: ContinuousClock.Instant?
    /// Counts how often it was sent; calls that are for the same thing may share it.
    var sendings = Sendings()
}

extension S3Client {
    static let maximumErrorBytes = 64 << 10

    /// How long a download may take: its pace is its reader's.
    private static let longestDownload = Duration.seconds(3600)

    /// Sends a call, again where that may help, and takes any status but success as a refusal.
    func perform(_ call: S3Call) async throws(S3Error) -> CurlResponse {
        try await retrying(call) { request async throws(FailedAttempt) in
            let response: CurlResponse
            do throws(CurlError) {
                response = try await http.perform(request)
            } catch {
                throw FailedAttempt(error)
            }
            let isError = call.answersEarly && ErrorDocument.isOne(response.body)
            guard (200..<300).contains(response.status), !isError else {
                throw FailedAttempt(refusal: response)
            }
            return response
        }
    }

    /// Sends a call, again where that may help, until the head of a successful response is there.
    func open(_ call: S3Call) async throws(S3Error) -> CurlResponseStream {
        try await retrying(call) { request async throws(FailedAttempt) in
            var request = request
            request.timeouts.total = Self.longestDownload
            let refusal: CurlResponse
            do throws(CurlError) {
                let stream = try await http.open(request)
                if (200..<300).contains(stream.head.status) { return stream }
                refusal = try await stream.collected(maximumBytes: Self.maximumErrorBytes)
            } catch {
                throw FailedAttempt(error)
            }
            throw FailedAttempt(refusal: refusal)
        }
    }

    /// Attempts a call until it succeeds, or the policy says that it won't, within the configured total time.
    ///
    /// Each attempt is signed anew: a signature has a date.
    private func retrying<Answer: Sendable>(
        _ call: S3Call, _ attempt: (CurlRequest) async throws(FailedAttempt) -> Answer
    ) async throws(S3Error) -> Answer {
        try await passCircuit()
        let deadline = call.deadline ?? .now + configuration.timeouts.total
        var attempts = 0
        while true {
            attempts += 1
            var timeouts = configuration.timeouts
            timeouts.total = max(.milliseconds(1), deadline - .now)
            do throws(FailedAttempt) {
                let answer = try await attempt(signed(call, timeouts))
                state.answered()
                call.sendings.countAnswer()
                return answer
            } catch {
                if let isAnswered = error.isAnswered { isAnswered ? state.answered() : state.failed() }
                if error.isRefused { call.sendings.countAnswer() }
                let pause = configuration.retries.pause(
                    after: error, attempts: attempts, isIdempotent: call.isIdempotent,
                    remaining: deadline - .now, fraction: .random(in: 0...1))
                // Others have found out meanwhile that nobody is there.
                guard let pause, !Task.isCancelled, !state.statistics.isCircuitOpen else { throw error.error }
                guard (try? await Task.sleep(for: pause)) != nil else { throw .cancelled }
                state.countRetry()
            }
        }
    }

    /// Lets a call go on unless the store is known to be out of reach. After a while one call finds out how it is: by a
    /// request of its own that is cheap, so that no upload is risked for it.
    private func passCircuit() async throws(S3Error) {
        switch state.admit() {
        case .pass: return
        case .refuse: throw .unreachable("It did not answer lately, and is not asked for a moment.")
        case .probe: break
        }
        var timeouts = configuration.timeouts
        timeouts.total = min(timeouts.total, .seconds(5))
        do throws(CurlError) {
            _ = try await http.perform(
                signed(S3Call(method: .head, path: configuration.address.bucketPath), timeouts))
            state.answered()
        } catch {
            let isGivenUp = if case .cancelled = error { true } else { false }
            state.probeFailed(isGivenUp: isGivenUp)
            throw S3Error(error)
        }
    }

    /// Signs a call by its headers.
    private func signed(_ call: S3Call, _ timeouts: CurlTimeouts) -> CurlRequest {
        let time = SigningTime(now())
        var headers = call.headers
        headers.append((name: "Host", value: configuration.address.host))
        headers.append((name: "x-amz-content-sha256", value: call.payloadHash))
        headers.append((name: "x-amz-date", value: time.timestamp))
        if let token = configuration.credentials.sessionToken {
            headers.append((name: "x-amz-security-token", value: token))
        }
        let query = CanonicalQuery(call.query)
        let canonical = CanonicalRequest(
            method: call.method.rawValue,
            path: call.path,
            query: query,
            headers: headers,
            payloadHash: call.payloadHash
        )
        headers.append((name: "Authorization", value: signer.authorization(for: canonical, at: time)))
        var request = CurlRequest(
            method: call.method,
            url: configuration.address.origin + call.path + (query.text.isEmpty ? "" : "?" + query.text),
            headers: headers,
            body: call.body,
            timeouts: timeouts,
            maximumResponseBytes: call.maximumResponseBytes
        )
        request.onSend = { [sendings = call.sendings] in sendings.count() }
        return request
    }
}
