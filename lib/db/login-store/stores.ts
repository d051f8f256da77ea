import { perProcess } from '@/lib/per-process'
import type { LoginStore } from './login-rows'

/** The login stores of the process's database clients. */
const stores = perProcess<WeakMap<object, LoginStore>>('login-stores')

/** The store of logins that belongs to a database client. @throws TypeError for one that `connect` has not made */
export function loginStoreOf(db: object): LoginStore {
  const store = stores.value?.get(db)
  if (!store) throw new TypeError('This database client has no store of logins.')
  return store
}

export function setLoginStore(db: object, store: LoginStore): void {
  stores.value ??= new WeakMap()
  stores.value.set(db, store)
}
