/** Path in an input or a form, outermost first. */
export type Path = readonly (string | number)[]

/** Element of the draft and its place in the form; `rest` is the path inside the element. */
export type Slot<Value> = { value: Value; field: (rest: Path) => Path }
