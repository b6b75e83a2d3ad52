extension Execution {
    /// Writes the root object of a query in one pass; awaited fields are left open.
    ///
    /// Spec: 6.3 ExecuteRootSelectionSet()
    mutating func executeRoot(_ root: SelectionPlan, _ initialValue: Value) {
        unsafe withUnsafePointer(to: initialValue) { unsafe executeRoot(root, of: UnsafeRawPointer($0)) }
    }

    /// Does the same for a parent of the type that the root fields are bound to.
    mutating func executeRoot(_ root: SelectionPlan, of parent: UnsafeRawPointer) {
        if Task.isCancelled { return abandon() }
        if failsToCollect(root) { return }
        rootFragment = fragment { execution in unsafe execution.executeCollectedFields(parent, root.fields) }
    }

    /// Executes the root fields of a mutation one after the other, each to its end.
    ///
    /// The root object is written first, with a hole for every field.
    ///
    /// Spec: 6.2.2 Mutation, 6.3.1 serial execution
    mutating func executeSerially(_ root: SelectionPlan, _ initialValue: Value) async {
        isSerial = true
        if failsToCollect(root) { return }
        rootFragment = fragment { execution in
            execution.leaveHoles(root)
            return .value
        }
        for position in 0..<root.count {
            if Task.isCancelled { return abandon() }
            if holes.isRootNull { return }
            let field = root[position]
            let start = beginFilling(position)
            let completion = unsafe withUnsafePointer(to: initialValue) {
                unsafe field.storage.pointee.resolve(UnsafeRawPointer($0), field, &self)
            }
            endFilling(position, of: field, completion, since: start)
            await runPendingBatches()
        }
    }

    /// Gives up: nobody waits for the answer any more, so no further resolver is called.
    mutating func abandon() {
        if holes.isRootNull { return }
        report(GraphQLError("The execution was cancelled."), .cancellation)
        holes.nullify(nil)
    }

    /// Whether the root fields can't be collected, which is reported; the whole response is null then.
    private mutating func failsToCollect(_ root: SelectionPlan) -> Bool {
        guard let error = root.failure else { return false }
        report(error, .input)
        holes.nullify(nil)
        return true
    }

    private mutating func leaveHoles(_ root: SelectionPlan) {
        if root.count == 0 { buffer.append(UInt8(ascii: "{")) }
        for position in 0..<root.count {
            writeKey(position, of: root.fields)
            _ = leaveHole(for: root[position])
        }
        buffer.append(UInt8(ascii: "}"))
    }

    /// Writes a pass; a null that nothing stops makes the whole response null.
    private mutating func fragment(_ write: (inout Execution) -> Completion) -> Holes.Fragment {
        let start = buffer.count
        if write(&self) != .value { holes.nullify(nil) }
        return Holes.Fragment(
            bytes: start..<buffer.count, holes: 0..<holes.count, regions: 0..<holes.regions.count)
    }

    /// The response: its data with all holes filled, and its errors.
    ///
    /// Spec: 7.1 Response Format
    consuming func finish() -> Response {
        if holes.isRootNull {
            buffer.truncate(to: Self.prefixBytes)
            buffer.writeNull()
        } else if holes.count > 0 {
            var response = ResponseBuffer(capacity: buffer.count + 64)
            response.append(0..<Self.prefixBytes, of: buffer)
            assemble(rootFragment, into: &response)
            buffer = response
        }
        let errors = errors.take()
        let hasErrors = errors != nil
        if let errors {
            buffer.append(#","errors":["#)
            buffer.append(0..<errors.count, of: errors)
            buffer.append("]")
        }
        buffer.append("}")
        operation.noteResponse(bytes: buffer.count)
        return Response(body: buffer.bytes, isRequestError: false, hasErrors: hasErrors)
    }
}
