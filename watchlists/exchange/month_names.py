"""Names of months in the languages that lists arrive in, and of the months of the two Hijri calendars.

Source: Unicode CLDR 46, `calendars/gregorian`, `islamic` and `persian` of en, fr, de, es, tr, ru, ar, fa, ps and ur; the
Afghan names of the Solar Hijri months are those of fa_AF.
"""

import unicodedata

_GREGORIAN = """
january jan janvier janv januar jänner jänn enero ene ocak oca января январь янв يناير كانون_الثاني ژانویه جنوري جنوری
february feb février févr februar febrero şubat şub февраля февраль фев فبراير شباط فوریه فبروري فروری
march mar mars märz mär mrz marzo mart марта март مارس آذار مارس مارچ
april apr avril avr abril abr nisan nis апреля апрель апр أبريل ابريل نيسان آوریل اپریل
may mai mayo mayıs mayis мая май مايو أيار مه می مئی
june jun juin juni junio haziran haz июня июнь июн يونيو حزيران ژوئن جون
july jul juillet juil juli julio temmuz tem июля июль июл يوليو تموز ژوئیه جولای جولائی
august aug août aout agosto ago ağustos ağu августа август авг أغسطس اغسطس آب اوت اگست
september sep sept septembre septiembre eylül eyl сентября сентябрь сен сент سبتمبر أيلول سپتامبر ستمبر
october oct octobre oktober okt octubre ekim eki октября октябрь окт أكتوبر اكتوبر تشرين_الأول اکتبر اکتوبر
november nov novembre noviembre kasım kas ноября ноябрь ноя نوفمبر تشرين_الثاني نوامبر نومبر
december dec décembre déc dezember dez diciembre dic aralık ara декабря декабрь дек ديسمبر كانون_الأول دسامبر دسمبر
"""
_HIJRI = """
muharram محرم
safar صفر
rabi ربيع ربیع
jumada جمادى جمادی
rajab رجب
shaban sha'ban شعبان
ramadan ramazan ramzan رمضان
shawwal شوال
dhu zul zilqad zilhajj dhu'l-qi'dah dhu'l-hijjah ذو ذی
"""
_SOLAR = """
farvardin hamal فروردین حمل
ordibehesht sawr ارديبهشت اردیبهشت ثور
khordad jawza خرداد جوزا
tir saratan تیر سرطان
mordad asad مرداد اسد
shahrivar sunbula شهریور سنبله
mehr mizan مهر میزان
aban aqrab آبان عقرب
azar qaws آذر قوس
dey jadi دی جدی
bahman dalw بهمن دلو
esfand hut اسفند حوت
"""


def fold(word: str) -> str:
    """A month's name without case, marks and the point of an abbreviation."""
    bare = unicodedata.normalize("NFKD", word.casefold().replace("\u0131", "i")).strip(".")
    return "".join(each for each in bare if not unicodedata.combining(each))


GREGORIAN = {
    fold(name.replace("_", " ")): month
    for month, line in enumerate(_GREGORIAN.strip().splitlines(), start=1)
    for name in line.split()
}
"""Number of a month, 1 to 12, by its folded name."""
SOLAR = frozenset(fold(name) for name in _SOLAR.split()) - GREGORIAN.keys()
HIJRI = frozenset(fold(name) for name in _HIJRI.split()) - GREGORIAN.keys()
