import assert from 'node:assert/strict'
import test from 'node:test'
import { fontFamily, splitOfFamily } from '../../../src/experiments/data/split-fonts.ts'

test('fontFamily', async (t) => {
  for (const [family, ...files] of [
    [
      'bemb',
      'Bembo Bold.ttf',
      'BemboMTStd-Italic.otf',
      'bembo.pfb',
      'ITC Bembo.pfb',
      'Bembo(1).ttf',
      'Bembo_2.ttf',
    ],
    ['helv', 'Helvetica-Condensed-LightObl.otf', 'HelveticaNeue-ThinCond.otf', 'Helvetica 55.ttf'],
    ['haar', 'DTLHaarlemmerSD-Bold.otf', 'Haarlemmer.otf'],
    ['chel', 'Cheltenham-Book.otf', 'CheltenhmITC.ttf'],
    [
      'avan',
      'AvantGardeLT-CondBook.otf',
      'ITC Avant Garde Gothic Extra Light Oblique.pfb',
      'ITCAvantGarde.otf',
    ],
    ['gara', 'AGaramond-Bold.otf', 'Apple Garamond BT Bold.ttf', 'GaramondHandtEF-Bold.otf'],
    ['futu', 'CgFuturaMaxiLt.ttf', 'De Futura.ttf', 'FuturaTEE.ttf'],
    ['dutc', 'Dutch801BT-Bold.otf', 'Dutch766 BT Italic.ttf', 'Dutch 801.pfb'],
    ['walb', '12 Walbaum Italic 13263.ttf', 'Berthold Walbaum Book Medium.pfb'],
    ['toon', '2Toon Shadow.ttf', '2Toon2 Shadow.ttf'],
    ['fat', 'Fat Sam.ttf', 'FatSam.pfb'],
    ['ecla', 'Éclat.otf', 'EclatICG.otf'],
  ] as const) {
    await t.test(`should be \`${family}\` for ${files.join(', ')}`, () => {
      for (const file of files) assert.equal(fontFamily(file), family)
    })
  }

  await t.test('should add words of a name until there are three letters', () => {
    assert.equal(fontFamily('CK Pink.ttf'), 'ckpi')
    assert.equal(fontFamily('6x7oct Alternate Regular.ttf'), fontFamily('6x7oct Alternate ExtraLight.ttf'))
  })

  await t.test('should take the first run of digits and letters if there are fewer letters', () => {
    assert.equal(fontFamily('04b_08.ttf'), '04b')
    assert.equal(fontFamily('04b_03.ttf'), '04b')
    assert.equal(fontFamily('01-01-00.ttf'), '01')
  })

  await t.test('should give every name a family', () => {
    for (const file of ['.ttf', '--.ttf', 'ITC.pfb', 'A.ttf', '字体.ttf'])
      assert.notEqual(fontFamily(file), '')
  })
})

test('splitOfFamily', async (t) => {
  const families = Array.from({ length: 5000 }, (_, index) => `family ${index}`)
  const share = (of: string, splits: readonly string[]) =>
    splits.filter((split) => split === of).length / splits.length

  await t.test('should split families by the first 32 bits of their SHA-256', () => {
    // From sha256sum: e23245ae is 0.884 of 2^32, a6a79c59 is 0.651, c388fa9a is 0.764.
    assert.equal(splitOfFamily('bemb'), 'test')
    assert.equal(splitOfFamily('04b'), 'train')
    assert.equal(splitOfFamily('cent'), 'validation')
  })

  await t.test('should give shares near 70, 15 and 15 % of the families, or near the given shares', () => {
    const usual = families.map((family) => splitOfFamily(family))
    // Five standard deviations of a share of 5,000 draws are at most 0.033.
    assert.ok(Math.abs(share('train', usual) - 0.7) < 0.033)
    assert.ok(Math.abs(share('validation', usual) - 0.15) < 0.033)
    const asked = families.map((family) => splitOfFamily(family, { train: 0.8, validation: 0.2 }))
    assert.ok(Math.abs(share('train', asked) - 0.8) < 0.033)
    assert.equal(share('test', asked), 0)
  })
})
