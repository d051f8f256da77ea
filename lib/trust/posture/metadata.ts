/** Whether a name of metadata is one by which services tell callers apart or decide what they may do. */
export const decidesAccess = (name: string): boolean =>
  /^(?:alias|name|user|user_?name|user_?id|identity|principal|subject|owner|tenant|role|roles|group|groups|scope|scopes|permission|permissions|policy|policies|team|org|organization)$/i.test(
    name,
  )
