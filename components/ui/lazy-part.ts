/** A part of the scripts that is loaded when it is needed, once. */
export type LazyPart<Part> = {
  /** The part, once it is loaded; null before. */
  current: () => Part | null
  /** Loads it. A load that failed is tried again by the next call. */
  load: () => Promise<Part>
}

/** Makes a part of an `import()`: `lazyPart(() => import('./overlay-parts'))`. */
export function lazyPart<Part>(load: () => Promise<Part>): LazyPart<Part> {
  let part: Part | null = null
  let loading: Promise<Part> | null = null
  return {
    current: () => part,
    load: () => {
      loading ??= load().then(
        (loaded) => {
          part = loaded
          return loaded
        },
        (error) => {
          loading = null
          throw error
        },
      )
      return loading
    },
  }
}
