/// Which of an organization's connections are wanted; all of them unless something is said.
package struct ConnectionSelection: Hashable, Sendable {
    /// Only those that have come this far.
    package var status: ConnectionStatus?
    /// Only those whose organization's name has this in it, in upper or lower case.
    package var search: String?
    /// Only those that come after the connection with this organization.
    package var after: ConnectedOrgID?
    /// The first so many of them.
    package var first: Int?

    /// All connections.
    package static let all = ConnectionSelection()

    /// Makes a selection; what is nil selects nothing away.
    package init(
        status: ConnectionStatus? = nil, search: String? = nil, after: ConnectedOrgID? = nil, first: Int? = nil
    ) {
        self.status = status
        self.search = search
        self.after = after
        self.first = first
    }
}
