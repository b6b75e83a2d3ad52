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

    /// Binds a property of the parent. A stored property of a struct is written from where it is, without a copy; for
    /// any other, a closure is the faster way.
    @inlinable
    package mutating func field<Output: OutputValue>(
        _ name: String, _ property: any KeyPath<Parent, Output> & Sendable
    ) {
        guard let offset = MemoryLayout<Parent>.offset(of: property) else {
            return field(name) { parent in parent[keyPath: property] }
        }
        guard let field = bindings.field(name, of: type, output: Output.outputShape) else { return }
        unsafe bindings.bind(
            field,
            to: { parent, field, execution in
                let value = unsafe (parent + offset).assumingMemoryBound(to: Output.self)
                return unsafe Output.complete(value, field, field.wrappers, &execution)
            })
    }

    /// Binds what a closure makes of the parent at once.
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
                    batch = PendingBatch(field, Parents<Parent>()) { parents, holes in
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
                    execution.add(batch)
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
        switch outcome {
        case .success(let outputs) where outputs.count == holes.count:
            unsafe outputs.withUnsafeBufferPointer { outputs in
                for position in outputs.indices {
                    let start = beginFilling(holes[position])
                    let completion = unsafe Output.complete(
                        outputs.baseAddress.unsafelyUnwrapped + position, field, field.wrappers, &self)
                    endFilling(holes[position], of: field, completion, since: start)
                }
            }
        case .success(let outputs):
            fail(holes, of: field, BatchCountError(expected: holes.count, received: outputs.count))
        case .failure(let error):
            fail(holes, of: field, error)
        }
    }

    @usableFromInline
    mutating func fail(_ holes: [Int], of field: FieldPlan, _ error: any Error) {
        for hole in holes {
            let start = beginFilling(hole)
            endFilling(hole, of: field, fail(error, field), since: start)
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
