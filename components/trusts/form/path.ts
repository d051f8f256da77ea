/** A place in an input or in a form, outermost first. */
export type Path = readonly (string | number)[]

/** An element of the draft and the place in the form it comes from; `rest` is the path inside the element. */
export type Slot<Value> = { value: Value; field: (rest: Path) => Path }
