import { writeFile } from 'node:fs/promises'
import { crc32, deflateRawSync } from 'node:zlib'

/** Flags of APPNOTE.TXT 4.4.4. */
const encryptionFlags = { plain: 0x1, strong: 0x41 } as const

export interface TinyMember {
  readonly name: string
  readonly bytes: Buffer
  /** Stored instead of deflated. */
  readonly isStored?: boolean
  readonly encryption?: keyof typeof encryptionFlags
  /** Values that the archive states, if they differ from the real ones. */
  readonly says?: { readonly crc?: number; readonly size?: number; readonly method?: number }
}

/** Writes a small zip archive (APPNOTE.TXT 4.3), with wrong values if a member has `says`, and gives its path. */
export async function writeZip(path: string, members: readonly TinyMember[]): Promise<string> {
  await writeFile(path, makeZip(members))
  return path
}

export function makeZip(members: readonly TinyMember[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const member of members) {
    const packed = member.isStored ? member.bytes : deflateRawSync(member.bytes)
    const name = Buffer.from(member.name)
    const common = commonHead(member, packed.length, name.length)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, place, name)
    files.push(local)
    offset += local.length
  }
  const size = Buffer.concat(directory).length
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...files, ...directory, end])
}

/** Encodes version, flags, method, time, CRC-32, both sizes, and the lengths of the name and the extra fields. */
function commonHead(
  { bytes, isStored, encryption, says }: TinyMember,
  packed: number,
  nameBytes: number,
): Buffer {
  const head = Buffer.alloc(26)
  head.writeUInt16LE(20, 0)
  head.writeUInt16LE(0x800 | (encryption ? encryptionFlags[encryption] : 0), 2)
  head.writeUInt16LE(says?.method ?? (isStored ? 0 : 8), 4)
  head.writeUInt32LE(says?.crc ?? crc32(bytes), 10)
  head.writeUInt32LE(packed, 14)
  head.writeUInt32LE(says?.size ?? bytes.length, 18)
  head.writeUInt16LE(nameBytes, 22)
  return head
}
