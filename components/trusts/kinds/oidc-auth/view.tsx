import { RowsField } from '@/components/form/rows-field'
import type { KindView } from '../../editor/kind-view'
import { IdentitySections } from '../../fields/identity-sections'
import { FieldSpot } from '../../form/field-spot'
import { oidcAuthForm } from './form'

export const oidcAuthView: KindView = {
  form: oidcAuthForm,
  attempt: 'login',
  Sections: ({ form: { control } }) => (
    <IdentitySections control={control} keyKinds={oidcAuthForm.keyKinds}>
      <FieldSpot name="mapped">
        <RowsField
          control={control}
          name="mapped"
          label="Claims passed on"
          help="Added to the access token under these names. A token without one of the claims is refused."
          keyLabel="Name"
          valueLabel="Claim"
          keyPlaceholder="team"
          valuePlaceholder="groups.0"
          addLabel="Pass a claim on"
        />
      </FieldSpot>
    </IdentitySections>
  ),
  takesTestKey: true,
}
