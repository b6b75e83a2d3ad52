import Synchronization

/// Where clients reach the server: as configured, or else where it listens, which is known only once it does.
final class PublicAddress: Sendable {
    private let current: Mutex<String>
    private let isConfigured: Bool

    init(_ configuration: ServerConfiguration) {
        isConfigured = configuration.publicURL != nil
        current = Mutex(configuration.publicURL ?? "")
    }

    /// Without a slash at the end; empty before the server listens, when nothing asks for it.
    var url: String { current.withLock { $0 } }

    /// Takes the address that the server listens at, unless another is configured.
    func listening(at url: String) {
        guard !isConfigured else { return }
        current.withLock { $0 = url }
    }
}
