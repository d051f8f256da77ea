import { create, createFileRegistry, type DescFile, type FileRegistry } from '@bufbuild/protobuf'
import {
  type DescriptorProto,
  DescriptorProtoSchema,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FieldDescriptorProtoSchema,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
} from '@bufbuild/protobuf/wkt'
import type { RpcDescriptors } from '../rpc'

/**
 * Field number of the `audience` of a JWT provider, by message. ZITADEL added it in June 2026, after its published
 * package: without it, a newer client's audience would be ignored as an unknown field.
 */
const audiences: Readonly<Record<string, number>> = {
  'zitadel.admin.v1.AddJWTProviderRequest': 7,
  'zitadel.admin.v1.UpdateJWTProviderRequest': 8,
  'zitadel.management.v1.AddJWTProviderRequest': 7,
  'zitadel.management.v1.UpdateJWTProviderRequest': 8,
  'zitadel.idp.v1.JWTConfig': 5,
  'zitadel.idp.v2.JWTConfig': 5,
}

let made: Promise<FileRegistry> | undefined

/** Returns the descriptor of one of ZITADEL's services, from its published package. */
export async function loadDescriptors(serviceName: string): Promise<RpcDescriptors> {
  made ??= makeRegistry()
  const registry = await made
  const service = registry.getService(serviceName)
  const errorDetail = registry.getMessage('zitadel.v1.ErrorDetail')
  if (!service || !errorDetail) throw new TypeError(`ZITADEL's package has no ${serviceName}`)
  return { service, errorDetails: [errorDetail] }
}

async function makeRegistry(): Promise<FileRegistry> {
  // Imported on demand: the package takes a second, and most servers get no such call.
  const [admin, management, idp, settings, settingsBeta, user, userBeta, message] = await Promise.all([
    import('@zitadel/proto/zitadel/admin_pb.js'),
    import('@zitadel/proto/zitadel/management_pb.js'),
    import('@zitadel/proto/zitadel/idp/v2/idp_service_pb.js'),
    import('@zitadel/proto/zitadel/settings/v2/settings_service_pb.js'),
    import('@zitadel/proto/zitadel/settings/v2beta/settings_service_pb.js'),
    import('@zitadel/proto/zitadel/user/v2/user_service_pb.js'),
    import('@zitadel/proto/zitadel/user/v2beta/user_service_pb.js'),
    import('@zitadel/proto/zitadel/message_pb.js'),
  ])
  const files = withDependencies([
    admin.file_zitadel_admin,
    management.file_zitadel_management,
    idp.file_zitadel_idp_v2_idp_service,
    settings.file_zitadel_settings_v2_settings_service,
    settingsBeta.file_zitadel_settings_v2beta_settings_service,
    user.file_zitadel_user_v2_user_service,
    userBeta.file_zitadel_user_v2beta_user_service,
    message.file_zitadel_message,
  ])
  return createFileRegistry(create(FileDescriptorSetSchema, { file: files.map(withAudience) }))
}

/** Returns each file once, after its imports. */
function withDependencies(files: readonly DescFile[]): FileDescriptorProto[] {
  const found = new Map<string, FileDescriptorProto>()
  const add = (file: DescFile) => {
    if (found.has(file.name)) return
    for (const dependency of file.dependencies) add(dependency)
    found.set(file.name, file.proto)
  }
  for (const file of files) add(file)
  return [...found.values()]
}

/** Returns a copy with the field added; the package's own descriptors are not changed. */
function withAudience(file: FileDescriptorProto): FileDescriptorProto {
  const numberIn = (message: DescriptorProto) => audiences[`${file.package}.${message.name}`]
  const isMissing = (message: DescriptorProto) => !message.field.some(({ name }) => name === 'audience')
  if (!file.messageType.some((message) => numberIn(message) !== undefined)) return file
  const messageType = file.messageType.map((message) => {
    const number = numberIn(message)
    if (number === undefined || !isMissing(message)) return message
    return create(DescriptorProtoSchema, { ...message, field: [...message.field, audienceField(number)] })
  })
  return create(FileDescriptorProtoSchema, { ...file, messageType })
}

const audienceField = (number: number) =>
  create(FieldDescriptorProtoSchema, {
    name: 'audience',
    jsonName: 'audience',
    number,
    type: FieldDescriptorProto_Type.STRING,
    label: FieldDescriptorProto_Label.OPTIONAL,
  })
