import { describe, expect, it } from 'vitest'
import { finder, hasWords, wordingOf } from './wording'

const matches = (phrase: string, text: string) => finder(phrase)(wordingOf(text))

describe('a muted word', () => {
  it.each([
    ['cat', 'The CAT sleeps'],
    ['cat', 'a cat-flap'],
    ['cat', 'my cat’s bed'],
    ['cat', 'I like #cat'],
    ['straße', 'Auf der STRASSE'],
    ['STRASSE', 'auf der straße'],
    ['café', 'in the cafe'],
    ['cafe', 'in the cafe\u0301'],
    ['İzmir', 'izmir'],
    ['ΟΔΟΣ', 'η οδός'],
    ['ｗａｖｅ', 'wave'],
    ['ﬁne', 'FINE'],
    ['smørrebrød', 'Smorrebrod'],
    ['soft', 'so\u00ADft'],
    ['天気', '東京の天気です'],
    ['東京', '東京タワー'],
    ['コーヒー', 'おいしいｺｰﾋｰ'],
    ['커피', '커피숍에서'],
    ['แมว', 'แมวนอนบนโซฟา'],
    ['ספר', 'סֵפֶר טוב'],
    ['كتاب', 'هذا كتـــاب'],
    ['كِتَاب', 'كتاب جديد'],
    ['یک', 'يك'],
    ['٢٠٢٤', 'in 2024'],
    ['हिन्दी', 'मैं हिन्दी बोलता हूँ'],
    ['😺', 'look😺😺'],
    ['👍🏽', 'ok 👍'],
    ['❤️', 'I ❤ it'],
    ['🇩🇪', 'hello 🇩🇪!'],
    ['red carpet', 'The Red-Carpet show'],
    ['node.js', 'node.js!'],
    ['c', 'C++ is hard'],
    ['C++', 'I write c++.'],
    ['.NET', 'on .net'],
    ['@somebody', 'hi @Somebody'],
    ['ｉPhone版', 'iphone版が出た'],
  ])('%s is in “%s”', (phrase, text) => {
    expect(matches(phrase, text)).toBe(true)
  })

  it.each([
    ['cat', 'concatenate'],
    ['cat', 'cats and categories'],
    ['red carpet', 'red and carpet'],
    ['red carpet', 'tired carpet'],
    ['ハリ', 'パリ'],
    ['и', 'й'],
    ['京の東', '東京'],
    ['항구', '한국'],
    ['كتاب', 'كتابات'],
    ['2024', '2025'],
    ['C++', 'C is fine'],
    ['C#', 'c'],
    ['.net', 'example.net'],
    ['😺', '😸'],
    ['🇩🇪', '🇫🇷'],
    ['', 'anything'],
    ['…!', 'anything…!'],
  ])('%s is not in “%s”', (phrase, text) => {
    expect(matches(phrase, text)).toBe(false)
  })

  it('has a letter, a digit or a picture', () => {
    expect(['cat', '7', '猫', '😺'].map(hasWords)).toEqual([true, true, true, true])
    expect(['', ' ', ':-)', '\u200B', '\u0301'].map(hasWords)).toEqual(Array(5).fill(false))
  })
})
