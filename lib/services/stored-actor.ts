import type { Actor } from './context'

/** An actor as rows keep it: null for what it does not have. */
export const storedActor = (actor: Actor) => ({
  kind: actor.kind,
  id: 'id' in actor ? actor.id : null,
  name: 'name' in actor ? actor.name : null,
})
