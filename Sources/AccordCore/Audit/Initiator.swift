/// Who did something, as the audit log tells it.
package struct Initiator: Hashable, Sendable {
    /// Nil when the token's subject is no active user.
    package let userID: UserID?
    /// Nil where it isn't known any more.
    package let role: Role?
    /// By which request.
    package let request: RequestOrigin

    package init(userID: UserID?, role: Role?, request: RequestOrigin) {
        self.userID = userID
        self.role = role
        self.request = request
    }
}

/// A request, and where it came from.
package struct RequestOrigin: Hashable, Sendable {
    /// The request's id: the one in the log, and in errors.
    package let id: String?
    /// The client's address, as text that PostgreSQL's `inet` takes.
    package let ipAddress: String?

    package init(id: String? = nil, ipAddress: String? = nil) {
        self.id = id
        self.ipAddress = ipAddress
    }
}
