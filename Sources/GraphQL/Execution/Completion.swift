/// What became of a value at a response position.
///
/// Spec: 6.4.3 Value Completion
@usableFromInline package enum Completion: Sendable {
    /// It was written, or will be written into the hole left for it.
    case value
    /// It is null. Nothing was written; whoever owns the position decides whether it may be.
    case null
    /// It failed, which has been reported. What was written of it is to be dropped.
    case propagate
}
