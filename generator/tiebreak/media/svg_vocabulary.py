"""The elements, attributes and CSS of SVG that neither run nor load anything."""

import re
from urllib.parse import unquote

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
# Names of these mean something to browsers, or to nobody;
# those of any other namespace but the three above render nothing.
FOREIGN = frozenset(
    {"", "http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML", "http://www.w3.org/2001/xml-events"}
)

ELEMENTS = frozenset(
    """
    a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
    feGaussianBlur feImage feMerge feMergeNode feOffset fePointLight feSpecularLighting feSpotLight
    feTile feTurbulence filter font font-face g glyph hkern image line linearGradient marker mask missing-glyph
    path pattern polygon polyline radialGradient rect stop style svg switch symbol text textPath title tspan use
    view vkern
    """.split()
)
IMAGES = frozenset({"image", "feImage"})  # these may hold their picture as data
DROPPED = frozenset({"metadata"})  # with all that is in it
# In lower case. Everything else that is not an element above is refused as well, as something that nobody knows.
ACTIVE = frozenset(
    """
    animate animatecolor animatemotion animatetransform applet audio base body canvas color-profile cursor discard
    embed font-face-src font-face-uri foreignobject form frame handler head html iframe input link listener meta
    mpath object prefetch script set source tbreak track tref video
    """.split()
)

# Attributes whose values are CSS.
STYLED = frozenset(
    """
    alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation
    color-interpolation-filters color-rendering cursor direction display dominant-baseline enable-background fill
    fill-opacity fill-rule filter flood-color flood-opacity font font-family font-feature-settings font-kerning
    font-size font-size-adjust font-stretch font-style font-variant font-variant-caps font-variant-ligatures
    font-variant-numeric font-variation-settings font-weight glyph-orientation-horizontal
    glyph-orientation-vertical gradientTransform image-rendering inline-size isolation kerning letter-spacing
    lighting-color line-height marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity
    overflow paint-order patternTransform pointer-events shape-rendering stop-color stop-opacity stroke
    stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity
    stroke-width text-align text-anchor text-decoration text-overflow text-rendering text-transform transform
    transform-box transform-origin unicode-bidi vector-effect visibility white-space word-spacing writing-mode
    """.split()
)
# Attributes whose values are numbers, names and texts.
PLAIN = frozenset(
    """
    accent-height alphabetic amplitude arabic-form ascent azimuth baseFrequency baseProfile bbox bias cap-height
    class clipPathUnits cx cy d descent diffuseConstant divisor dx dy edgeMode elevation exponent
    externalResourcesRequired filterRes filterUnits focusable fr fx fy g1 g2 glyph-name gradientUnits hanging
    height horiz-adv-x horiz-origin-x horiz-origin-y id ideographic in in2 intercept k k1 k2 k3 k4 kernelMatrix
    kernelUnitLength lang lengthAdjust limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits
    maskUnits mathematical media method mode name numOctaves offset operator order orient orientation origin
    overline-position overline-thickness panose-1 path pathLength patternContentUnits patternUnits points
    pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY
    rendering-intent requiredExtensions requiredFeatures result role rotate rx ry scale seed side slope spacing
    specularConstant specularExponent spreadMethod startOffset stdDeviation stemh stemv stitchTiles
    strikethrough-position strikethrough-thickness surfaceScale systemLanguage tabindex tableValues targetX
    targetY textLength title type u1 u2 underline-position underline-thickness unicode unicode-range units-per-em
    v-alphabetic v-hanging v-ideographic v-mathematical values version vert-adv-y vert-origin-x vert-origin-y
    viewBox viewTarget width widths x x-height x1 x2 xChannelSelector y y1 y2 yChannelSelector z zoomAndPan
    """.split()
)
XML_PLAIN = frozenset({"id", "lang", "space"})
# What editors write, and what renders nothing: the drawing in the editor's own form, the kind of scripts, which may not
# stand here, and the kind of styles, which must be CSS.
IGNORED = frozenset({"content", "contentScriptType", "contentStyleType"})

AT_RULES = frozenset({"media", "supports"})
# In lower case. Others load by a string, or may come to: image(), image-set(), src(), attr(); or have things drawn in
# any number: filters such as blur(), gradients in lists, and what var() stands for; or hold selectors: is(), has().
FUNCTIONS = frozenset(
    """
    calc circle clamp color color-mix cubic-bezier ellipse hsl hsla hwb icc-color inset lab lch matrix matrix3d max
    min oklab oklch perspective polygon rect rgb rgba rotate rotate3d rotatex rotatey rotatez round scale scale3d
    scalex scaley skew skewx skewy steps translate translate3d translatex translatey translatez xywh
    """.split()
)
# A browser sees each of them at once by the element itself.
PSEUDO_CLASSES = frozenset("active first-child focus hover last-child link root visited".split())

BETWEEN = "\x0c"  # cannot stand in XML, and so not in the names that the parser joins with it
_FRAGMENT = re.compile(r"""#[^\s\x00-\x20"'()<>\\#]+""")


def is_fragment(address: str) -> bool:
    """Whether an address leads to something in the drawing itself. One whose escapes are not UTF-8 is read in more than
    one way.
    """
    return _FRAGMENT.fullmatch(address) is not None and "\ufffd" not in unquote(address)


def parts(name: str) -> tuple[str, str, str]:
    """(namespace, name, prefix) of a name as the parser gives it."""
    found = name.split(BETWEEN)
    return ("", name, "") if len(found) == 1 else (found[0], found[1], found[2] if len(found) > 2 else "")
