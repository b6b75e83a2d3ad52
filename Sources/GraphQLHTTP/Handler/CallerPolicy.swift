package import GraphQL
package import HTTPTypes

/// Who may do what: the questions that the transport asks, each as early as it can be answered.
package struct CallerPolicy<Context: AnyObject & Sendable>: Sendable {
    /// Makes the context of a request from its head and id, before any byte of the body is read.
    ///
    /// A caller without a token gets an anonymous context; a token that is no good is refused here.
    package let makeContext: @Sendable (HTTPRequest, String) async -> Result<Context, HTTPRefusal>
    /// Says why the caller may not upload, before a multipart body is read; nil when they may.
    package let refuseUpload: @Sendable (Context) -> HTTPRefusal?
    /// Says why the caller may not run an operation, before it runs; nil when they may.
    package let refuseOperation: @Sendable (PreparedOperation, Context) -> HTTPRefusal?
    /// Whether a document that the caller has sent with its hash, and may run, is kept for others. Strangers would fill the
    /// room for such documents.
    package let keepsDocuments: @Sendable (Context) -> Bool
    /// Whether the request has changed something for good. Then its answer is told although its time is up, if it has no
    /// error: an error would say that nothing was changed.
    package let hasChanged: @Sendable (Context) -> Bool
    /// Says why so many further operations may not run, told by the request's head, when a request turns out to have
    /// several; nil when they may. `makeContext` has already counted one.
    package let refuseFurther: @Sendable (Int, HTTPRequest) async -> HTTPRefusal?

    /// Says why an answer must not be sent, when it is there; nil when it may. Called within the request's task, for every
    /// request.
    package let refuseAnswer: @Sendable () async -> HTTPRefusal?

    /// Makes a policy of the answers.
    package init(
        makeContext: @escaping @Sendable (HTTPRequest, String) async -> Result<Context, HTTPRefusal>,
        refuseUpload: @escaping @Sendable (Context) -> HTTPRefusal? = { _ in nil },
        refuseOperation: @escaping @Sendable (PreparedOperation, Context) -> HTTPRefusal? = { _, _ in nil },
        keepsDocuments: @escaping @Sendable (Context) -> Bool,
        hasChanged: @escaping @Sendable (Context) -> Bool = { _ in false },
        refuseFurther: @escaping @Sendable (Int, HTTPRequest) async -> HTTPRefusal? = { _, _ in nil },
        refuseAnswer: @escaping @Sendable () async -> HTTPRefusal? = { nil }
    ) {
        self.makeContext = makeContext
        self.refuseUpload = refuseUpload
        self.refuseOperation = refuseOperation
        self.keepsDocuments = keepsDocuments
        self.hasChanged = hasChanged
        self.refuseFurther = refuseFurther
        self.refuseAnswer = refuseAnswer
    }
}
