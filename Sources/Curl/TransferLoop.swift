internal import CLibCurl
internal import Glibc
internal import Synchronization

/// The thread that owns libcurl's multi handle, and the inbox through which the rest of the process talks to it.
///
/// libcurl: libcurl-multi(3). All calls on the handle happen on this thread; `curl_multi_wakeup` alone may come from
/// another, and does so under the inbox's lock, so that it can't meet a handle already cleaned up.
@safe final class TransferLoop: Sendable {
    enum Command: Sendable {
        case start(TransferOrder)
        case cancel(TransferID)
        /// The body of a paused transfer has something to say.
        case resume(TransferID)
    }

    private struct Inbox {
        var commands: [Command] = []
        var isOpen = true
    }

    private let inbox = Mutex(Inbox())

    /// Safe to share: the thread is the only one to use it, but for `curl_multi_wakeup` while the inbox is open, which
    /// libcurl allows from any thread.
    private nonisolated(unsafe) let multi: UnsafeMutableRawPointer

    /// Starts the thread.
    ///
    /// - Parameter maximumConnections: Channels at a time. Said to libcurl twice: without `CURLMOPT_MAXCONNECTS` it
    ///   keeps only four idle ones per running transfer, and channels churn.
    init(maximumConnections: Int) {
        precondition(CurlLibrary.isInitialized, "libcurl could not be initialised.")
        guard let multi = unsafe curl_multi_init() else { preconditionFailure("There is no memory for libcurl.") }
        unsafe curl_multi_setopt_long(multi, CURLMOPT_MAXCONNECTS, maximumConnections)
        unsafe curl_multi_setopt_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, maximumConnections)
        unsafe self.multi = multi

        var thread = pthread_t()
        let status = unsafe pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<TransferLoop>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            },
            Unmanaged.passRetained(self).toOpaque()
        )
        precondition(status == 0, "The thread for libcurl could not be started.")
        pthread_detach(thread)
    }

    /// Hands the thread a command; `false` when the loop has stopped.
    @discardableResult
    func post(_ command: Command) -> Bool {
        inbox.withLock { inbox in
            guard inbox.isOpen else { return false }
            inbox.commands.append(command)
            // Further commands find the thread already on its way.
            if inbox.commands.count == 1 { unsafe curl_multi_wakeup(multi) }
            return true
        }
    }

    /// Lets the thread end every transfer, then itself.
    func stop() {
        inbox.withLock { inbox in
            guard inbox.isOpen else { return }
            inbox.isOpen = false
            unsafe curl_multi_wakeup(multi)
        }
    }

    // MARK: On the thread

    private func run() {
        blockSignals()
        var transfers: [TransferID: Transfer] = [:]
        var stillRunning: CInt = 0

        while true {
            let (commands, isOpen) = inbox.withLock { inbox in
                let commands = inbox.commands
                inbox.commands = []
                return (commands, inbox.isOpen)
            }
            for command in commands {
                handle(command, &transfers)
            }
            guard isOpen else { break }
            unsafe curl_multi_perform(multi, &stillRunning)
            finishTransfers(&transfers)
            for transfer in transfers.values { transfer.endPauseAfterAnswer() }
            // Returns early for a socket, for a timer of libcurl's own, and for `curl_multi_wakeup`.
            unsafe curl_multi_poll(multi, nil, 0, 60_000, nil)
        }

        for transfer in transfers.values {
            unsafe transfer.cancel(multi)
        }
        unsafe curl_multi_cleanup(multi)
    }

    private func handle(_ command: Command, _ transfers: inout [TransferID: Transfer]) {
        switch command {
        case .start(let order):
            do throws(CurlError) {
                let transfer = try Transfer(order)
                unsafe transfer.start(multi)
                transfers[order.id] = transfer
            } catch {
                order.abandon(error)
            }
        case .cancel(let id):
            unsafe transfers.removeValue(forKey: id)?.cancel(multi)
        case .resume(let id):
            transfers[id]?.resume()
        }
    }

    private func finishTransfers(_ transfers: inout [TransferID: Transfer]) {
        var remaining: CInt = 0
        while let message = unsafe curl_multi_info_read(multi, &remaining) {
            guard unsafe message.pointee.msg == CURLMSG_DONE, let easy = unsafe message.pointee.easy_handle else {
                continue
            }
            // Read first: removing the handle frees the message.
            let result = unsafe message.pointee.data.result
            guard let id = unsafe Transfer.id(of: easy) else { continue }
            unsafe transfers.removeValue(forKey: id)?.finish(result, multi)
        }
    }

    /// Signals are for the main thread. SIGPIPE above all: OpenSSL writes to sockets without `MSG_NOSIGNAL`, and a
    /// blocked signal stays pending on this thread, harmless.
    private func blockSignals() {
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_BLOCK, &all, nil)
    }
}

/// libcurl's process-wide state.
private enum CurlLibrary {
    /// Initialised on first use, once, and kept for the life of the process.
    static let isInitialized = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}
