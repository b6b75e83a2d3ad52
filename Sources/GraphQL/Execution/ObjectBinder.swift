/// Binds the fields of one object type, whose values are of the Swift type `Parent`.
///
/// Each method makes the field's resolver inside an inlinable generic function, so that it is specialised for the
/// types at the place of the call: resolving and completing a plain property then costs a few nanoseconds.
@usableFromInline package struct ObjectBinder<Parent: Sendable, Context: AnyObject & Sendable>: ~Copyable {
    @usableFromInline let type: TypeID
    @usableFromInline var bindings: Bindings

    @usableFromInline init(_ type: TypeID, _ bindings: Bindings) {
        self.type = type
        self.bindings = bindings
    }

    /// Binds a property of the parent.
    @inlinable
    package mutating func field<Output: OutputValue>(
        _ name: String, _ property: @escaping @Sendable (Parent) -> Output
    ) {
        guard let field = bindings.field(name, of: type, output: Output.outputShape) else { return }
        unsafe bindings.bind(
            field,
            to: { parent, field, execution in
                let parent = unsafe parent.assumingMemoryBound(to: Parent.self)
                return unsafe Output.complete(property(parent.pointee), field, &execution)
            })
    }

    /// Binds a property of the parent that takes arguments.
    @inlinable
    package mutating func property<each Input: InputValue, Output: OutputValue>(
        _ name: String, _ arguments: repeat Argument<each Input>,
        resolve: @escaping @Sendable (Parent, repeat each Input) throws -> Output
    ) {
        bindSynchronous(name, repeat each arguments) { (parent, _, inputs: repeat each Input) in
            try resolve(parent, repeat each inputs)
        }
    }

    /// Binds a resolver that returns at once.
    @inlinable
    package mutating func field<each Input: InputValue, Output: OutputValue>(
        _ name: String, _ arguments: repeat Argument<each Input>,
        resolve: @escaping @Sendable (Parent, Context, repeat each Input) throws -> Output
    ) {
        bindSynchronous(name, repeat each arguments) { (parent, context, inputs: repeat each Input) in
            try resolve(parent, unsafe unsafeDowncast(context, to: Context.self), repeat each inputs)
        }
    }

    @inlinable
    mutating func bindSynchronous<each Input: InputValue, Output: OutputValue>(
        _ name: String, _ arguments: repeat Argument<each Input>,
        resolve: @escaping @Sendable (Parent, any AnyObject & Sendable, repeat each Input) throws -> Output
    ) {
        guard let field = bindings.field(name, of: type, output: Output.outputShape) else { return }
        let located = (repeat bindings.argument(each arguments, of: field))
        unsafe bindings.bind(
            field,
            to: { parent, field, execution in
                do {
                    let parent = unsafe parent.assumingMemoryBound(to: Parent.self)
                    let values = try execution.arguments(of: field)
                    let output = unsafe try resolve(
                        parent.pointee, execution.context, repeat (each located).value(in: values))
                    return Output.complete(output, field, &execution)
                } catch {
                    return execution.fail(error, field)
                }
            })
    }

    /// Binds a resolver that is awaited, called once for each parent, for several of them at a time.
    @inlinable
    package mutating func field<each Input: InputValue, Output: OutputValue>(
        _ name: String, _ arguments: repeat Argument<each Input>,
        resolve: @escaping @Sendable (Parent, Context, repeat each Input) async throws -> Output
    ) {
        bindBatch(name, repeat each arguments) {
            (parents: [Parent], context: Context, inputs: repeat each Input) async in
            await mapConcurrently(parents) { parent in
                try await resolve(parent, context, repeat each inputs)
            }
        }
    }

    /// Binds a resolver that is awaited, called once for all parents that a pass over the response has met.
    ///
    /// It returns one value for each parent, in their order. A `Result` lets a single one fail.
    @inlinable
    package mutating func batch<each Input: InputValue, Output: OutputValue>(
        _ name: String, _ arguments: repeat Argument<each Input>,
        resolve: @escaping @Sendable ([Parent], Context, repeat each Input) async throws -> [Output]
    ) {
        bindBatch(name, repeat each arguments, resolve: resolve)
    }

    @inlinable
    mutating func bindBatch<each Input: InputValue, Output: OutputValue>(
        _ name: String, _ arguments: repeat Argument<each Input>,
        resolve: @escaping @Sendable ([Parent], Context, repeat each Input) async throws -> [Output]
    ) {
        guard let field = bindings.field(name, of: type, output: Output.outputShape) else { return }
        let located = (repeat bindings.argument(each arguments, of: field))
        unsafe bindings.bind(
            field,
            to: { parent, field, execution in
                let batch: PendingBatch
                if let pending = execution.pendingBatch(of: field) {
                    batch = pending
                } else {
                    let inputs: (repeat each Input)
                    do {
                        let values = try execution.arguments(of: field)
                        inputs = (repeat try (each located).value(in: values))
                    } catch {
                        return execution.fail(error, field)
                    }
                    let context = unsafe unsafeDowncast(execution.context, to: Context.self)
                    batch = PendingBatch(Parents<Parent>()) { parents, holes in
                        let parents = unsafe unsafeDowncast(parents, to: Parents<Parent>.self).values
                        return {
                            let outcome: Result<[Output], any Error>
                            do {
                                let outputs = try await resolve(parents, context, repeat each inputs)
                                outcome = .success(outputs)
                            } catch {
                                outcome = .failure(error)
                            }
                            return { execution in
                                execution.fill(holes, of: field, with: outcome)
                            }
                        }
                    }
                    execution.add(batch, of: field)
                }
                let parents = unsafe unsafeDowncast(batch.parents, to: Parents<Parent>.self)
                unsafe parents.values.append(parent.assumingMemoryBound(to: Parent.self).pointee)
                execution.leaveHole(for: field, in: batch)
                return .value
            })
    }
}

extension Execution {
    /// Writes the outcome of a batch into its holes.
    @inlinable
    mutating func fill<Output: OutputValue>(
        _ holes: [Int], of field: FieldPlan, with outcome: Result<[Output], any Error>
    ) {
        for (position, hole) in holes.enumerated() {
            fill(hole, of: field) { field, execution in
                switch outcome {
                case .success(let outputs) where outputs.count == holes.count:
                    Output.complete(outputs[position], field, &execution)
                case .success(let outputs):
                    execution.fail(BatchCountError(expected: holes.count, received: outputs.count), field)
                case .failure(let error):
                    execution.fail(error, field)
                }
            }
        }
    }
}

/// A batch resolver returned another number of values than it got parents.
@usableFromInline
struct BatchCountError: Error {
    let expected: Int
    let received: Int

    @usableFromInline init(expected: Int, received: Int) {
        self.expected = expected
        self.received = received
    }
}

/// How many calls of one awaited field run at a time.
private let concurrentCalls = 16

/// The outcome of `transform` for each parent, in order; several run at a time.
@usableFromInline
func mapConcurrently<Parent: Sendable, Output: Sendable>(
    _ parents: [Parent], _ transform: @escaping @Sendable (Parent) async throws -> Output
) async -> [Result<Output, any Error>] {
    @Sendable func outcome(_ parent: Parent) async -> Result<Output, any Error> {
        if Task.isCancelled { return .failure(CancellationError()) }
        do {
            let output = try await transform(parent)
            return .success(output)
        } catch {
            return .failure(error)
        }
    }
    if parents.count == 1 { return [await outcome(parents[0])] }
    return await withTaskGroup(of: [(Int, Result<Output, any Error>)].self) { group in
        let workers = min(concurrentCalls, parents.count)
        for worker in 0..<workers {
            group.addTask {
                var outcomes: [(Int, Result<Output, any Error>)] = []
                for position in stride(from: worker, to: parents.count, by: workers) {
                    let outcome = await outcome(parents[position])
                    outcomes.append((position, outcome))
                }
                return outcomes
            }
        }
        var results = [Result<Output, any Error>?](repeating: nil, count: parents.count)
        for await outcomes in group {
            for (position, outcome) in outcomes { results[position] = outcome }
        }
        return results.compactMap(\.self)
    }
}
