import type { KindView } from '../../editor/kind-view'
import { IdentitySections } from '../../fields/identity-sections'
import { jwtAuthForm } from './form'

export const jwtAuthView: KindView = {
  form: jwtAuthForm,
  attempt: 'login',
  Sections: ({ form: { control } }) => <IdentitySections control={control} keyKinds={jwtAuthForm.keyKinds} />,
  takesTestKey: true,
}
