#include "textflag.h"
#include "epilogue_amd64.h"

// Elementwise kernels. All go through 8 floats at a time; what is left at the
// end is loaded and stored under a mask by the same instructions.

// BINARY is the body of dst = a OP b.
#define BINARY(OP) \
	MOVQ dst_base+0(FP), DI  \
	MOVQ dst_len+8(FP), CX   \
	MOVQ a_base+24(FP), SI   \
	MOVQ b_base+48(FP), DX   \
	SUBQ $32, CX             \
	JB   tail                \
loop:                        \
	VMOVUPS (SI), Y0         \
	VMOVUPS 32(SI), Y1       \
	VMOVUPS 64(SI), Y2       \
	VMOVUPS 96(SI), Y3       \
	OP (DX), Y0, Y0          \
	OP 32(DX), Y1, Y1        \
	OP 64(DX), Y2, Y2        \
	OP 96(DX), Y3, Y3        \
	VMOVUPS Y0, (DI)         \
	VMOVUPS Y1, 32(DI)       \
	VMOVUPS Y2, 64(DI)       \
	VMOVUPS Y3, 96(DI)       \
	ADDQ $128, SI            \
	ADDQ $128, DX            \
	ADDQ $128, DI            \
	SUBQ $32, CX             \
	JAE  loop                \
tail:                        \
	ADDQ $32, CX             \
eight:                       \
	CMPQ CX, $8              \
	JB   last                \
	VMOVUPS (SI), Y0         \
	OP (DX), Y0, Y0          \
	VMOVUPS Y0, (DI)         \
	ADDQ $32, SI             \
	ADDQ $32, DX             \
	ADDQ $32, DI             \
	SUBQ $8, CX              \
	JMP  eight               \
last:                        \
	TESTQ CX, CX             \
	JZ   done                \
	MASK(CX, AX, Y4)         \
	VMASKMOVPS (SI), Y4, Y0  \
	VMASKMOVPS (DX), Y4, Y1  \
	OP Y1, Y0, Y0            \
	VMASKMOVPS Y0, Y4, (DI)  \
done:                        \
	VZEROUPPER               \
	RET

// func addAVX2(dst, a, b []float32)
TEXT ·addAVX2(SB), NOSPLIT, $0-72
	BINARY(VADDPS)

// func mulAVX2(dst, a, b []float32)
TEXT ·mulAVX2(SB), NOSPLIT, $0-72
	BINARY(VMULPS)

// UNARY is the body of dst = OP(a), where OP works on Y0.
#define UNARY(OP) \
	MOVQ dst_base+0(FP), DI \
	MOVQ dst_len+8(FP), CX  \
	MOVQ a_base+24(FP), SI  \
eight:                      \
	CMPQ CX, $8             \
	JB   last               \
	VMOVUPS (SI), Y0        \
	OP                      \
	VMOVUPS Y0, (DI)        \
	ADDQ $32, SI            \
	ADDQ $32, DI            \
	SUBQ $8, CX             \
	JMP  eight              \
last:                       \
	TESTQ CX, CX            \
	JZ   done               \
	MASK(CX, AX, Y11)       \
	VMASKMOVPS (SI), Y11, Y0 \
	OP                      \
	VMASKMOVPS Y0, Y11, (DI) \
done:                       \
	VZEROUPPER              \
	RET

#define AFFINE VFMADD213PS Y2, Y1, Y0
#define CLIP \
	VMAXPS Y1, Y0, Y0 \
	VMINPS Y2, Y0, Y0
#define RELU VMAXPS Y15, Y0, Y0
#define HSWISH0 HSWISH(Y0)

// EXP replaces Y0 by e^Y0; R8 points to the constants. It overwrites Y1…Y3.
#define EXP \
	VBROADCASTSS (R8), Y1        \
	VMAXPS       Y1, Y0, Y0      \
	VBROADCASTSS 4(R8), Y1       \
	VMINPS       Y1, Y0, Y0      \
	VBROADCASTSS 8(R8), Y1       \
	VMULPS       Y1, Y0, Y1      \
	VROUNDPS     $0, Y1, Y1      \
	VBROADCASTSS 12(R8), Y2      \
	VFNMADD231PS Y2, Y1, Y0      \
	VBROADCASTSS 16(R8), Y2      \
	VFNMADD231PS Y2, Y1, Y0      \
	VBROADCASTSS 20(R8), Y2      \
	VBROADCASTSS 24(R8), Y3      \
	VFMADD213PS  Y3, Y0, Y2      \
	VBROADCASTSS 28(R8), Y3      \
	VFMADD213PS  Y3, Y0, Y2      \
	VBROADCASTSS 32(R8), Y3      \
	VFMADD213PS  Y3, Y0, Y2      \
	VBROADCASTSS 36(R8), Y3      \
	VFMADD213PS  Y3, Y0, Y2      \
	VBROADCASTSS 40(R8), Y3      \
	VFMADD213PS  Y3, Y0, Y2      \
	VBROADCASTSS 44(R8), Y3      \
	VFMADD213PS  Y3, Y0, Y2      \
	VFMADD213PS  Y3, Y0, Y2      \
	VCVTPS2DQ    Y1, Y1          \
	VBROADCASTSS 48(R8), Y3      \
	VPADDD       Y3, Y1, Y1      \
	VPSLLD       $23, Y1, Y1     \
	VMULPS       Y1, Y2, Y0

// SIGMOID replaces Y0 by 1/(1+e^-Y0). Y10 is zero.
#define SIGMOID \
	VSUBPS       Y0, Y10, Y0     \
	EXP                          \
	VADDPS       ·ones(SB), Y0, Y0 \
	VMOVUPS      ·ones(SB), Y1   \
	VDIVPS       Y0, Y1, Y0

// func affineAVX2(dst, a []float32, scale, shift float32)
TEXT ·affineAVX2(SB), NOSPLIT, $0-56
	VBROADCASTSS scale+48(FP), Y1
	VBROADCASTSS shift+52(FP), Y2
	UNARY(AFFINE)

// func clipAVX2(dst, a []float32, lo, hi float32)
TEXT ·clipAVX2(SB), NOSPLIT, $0-56
	VBROADCASTSS lo+48(FP), Y1
	VBROADCASTSS hi+52(FP), Y2
	UNARY(CLIP)

// func reluAVX2(dst, a []float32)
TEXT ·reluAVX2(SB), NOSPLIT, $0-48
	VXORPS Y15, Y15, Y15
	UNARY(RELU)

// func hswishAVX2(dst, a []float32)
TEXT ·hswishAVX2(SB), NOSPLIT, $0-48
	HSWISH_CONSTANTS
	UNARY(HSWISH0)

// func sigmoidAVX2(dst, a []float32)
TEXT ·sigmoidAVX2(SB), NOSPLIT, $0-48
	LEAQ   ·expConst(SB), R8
	VXORPS Y10, Y10, Y10
	UNARY(SIGMOID)

// GELU replaces Y0 by Y0·Φ(Y0), see geluGo; R9 points to its constants. It
// overwrites Y1…Y3 and Y9.
#define GELU \
	VBROADCASTSS (R9), Y1        \
	VMAXPS       Y1, Y0, Y9      \
	VBROADCASTSS 4(R9), Y1       \
	VMINPS       Y1, Y9, Y0      \
	VMULPS       Y0, Y0, Y1      \
	VBROADCASTSS 8(R9), Y2       \
	VBROADCASTSS 12(R9), Y3      \
	VFMADD213PS  Y3, Y1, Y2      \
	VBROADCASTSS 16(R9), Y3      \
	VFMADD213PS  Y3, Y1, Y2      \
	VBROADCASTSS 20(R9), Y3      \
	VFMADD213PS  Y3, Y1, Y2      \
	VBROADCASTSS 24(R9), Y3      \
	VFMADD213PS  Y3, Y1, Y2      \
	VBROADCASTSS 28(R9), Y3      \
	VFMADD213PS  Y3, Y1, Y2      \
	VBROADCASTSS 32(R9), Y3      \
	VFMADD213PS  Y3, Y1, Y2      \
	VMULPS       Y2, Y0, Y0      \
	SIGMOID                      \
	VMULPS       Y9, Y0, Y0

// func geluAVX2(dst, a []float32)
TEXT ·geluAVX2(SB), NOSPLIT, $0-48
	LEAQ   ·expConst(SB), R8
	LEAQ   ·geluConst(SB), R9
	VXORPS Y10, Y10, Y10
	UNARY(GELU)

// FOLD combines the 8 floats of Y0 by OP into the lowest of X0.
#define FOLD(OP) \
	VEXTRACTF128 $1, Y0, X1      \
	OP           X1, X0, X0      \
	VPERMILPS    $0x0e, X0, X1   \
	OP           X1, X0, X0      \
	VPERMILPS    $0x01, X0, X1   \
	OP           X1, X0, X0

// func expSumAVX2(dst, a []float32, top float32) float32
TEXT ·expSumAVX2(SB), NOSPLIT, $0-60
	MOVQ   dst_base+0(FP), DI
	MOVQ   dst_len+8(FP), CX
	MOVQ   a_base+24(FP), SI
	VBROADCASTSS top+48(FP), Y9
	VXORPS Y10, Y10, Y10
	LEAQ   ·expConst(SB), R8

eight:
	CMPQ    CX, $8
	JB      last
	VMOVUPS (SI), Y0
	VSUBPS  Y9, Y0, Y0
	EXP
	VMOVUPS Y0, (DI)
	VADDPS  Y0, Y10, Y10
	ADDQ    $32, SI
	ADDQ    $32, DI
	SUBQ    $8, CX
	JMP     eight

last:
	TESTQ CX, CX
	JZ    done
	MASK(CX, AX, Y11)
	VMASKMOVPS (SI), Y11, Y0
	VSUBPS     Y9, Y0, Y0
	EXP
	VMASKMOVPS Y0, Y11, (DI)
	VANDPS     Y11, Y0, Y0
	VADDPS     Y0, Y10, Y10

done:
	VMOVAPS Y10, Y0
	FOLD(VADDPS)
	VMOVSS  X0, ret+56(FP)
	VZEROUPPER
	RET

// func maximumAVX2(a []float32) float32
TEXT ·maximumAVX2(SB), NOSPLIT, $0-28
	MOVQ a_base+0(FP), SI
	MOVQ a_len+8(FP), CX
	VBROADCASTSS (SI), Y0

eight:
	CMPQ   CX, $8
	JB     last
	VMAXPS (SI), Y0, Y0
	ADDQ   $32, SI
	SUBQ   $8, CX
	JMP    eight

last:
	TESTQ CX, CX
	JZ    done
	MASK(CX, AX, Y11)
	VMASKMOVPS (SI), Y11, Y1
	VBLENDVPS  Y11, Y1, Y0, Y1
	VMAXPS     Y1, Y0, Y0

done:
	FOLD(VMAXPS)
	VMOVSS X0, ret+24(FP)
	VZEROUPPER
	RET

// func sumAVX2(a []float32) float32
TEXT ·sumAVX2(SB), NOSPLIT, $0-28
	MOVQ   a_base+0(FP), SI
	MOVQ   a_len+8(FP), CX
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	SUBQ   $32, CX
	JB     tail

loop:
	VADDPS (SI), Y0, Y0
	VADDPS 32(SI), Y1, Y1
	VADDPS 64(SI), Y2, Y2
	VADDPS 96(SI), Y3, Y3
	ADDQ   $128, SI
	SUBQ   $32, CX
	JAE    loop

tail:
	ADDQ $32, CX

eight:
	CMPQ   CX, $8
	JB     last
	VADDPS (SI), Y0, Y0
	ADDQ   $32, SI
	SUBQ   $8, CX
	JMP    eight

last:
	TESTQ CX, CX
	JZ    done
	MASK(CX, AX, Y11)
	VMASKMOVPS (SI), Y11, Y4
	VADDPS     Y4, Y0, Y0

done:
	VADDPS Y1, Y0, Y0
	VADDPS Y3, Y2, Y2
	VADDPS Y2, Y0, Y0
	FOLD(VADDPS)
	VMOVSS X0, ret+24(FP)
	VZEROUPPER
	RET

// func split2Blocks(even, odd, src []float32)
// splits len(even) floats to each side; len(even) is a multiple of 8.
TEXT ·split2Blocks(SB), NOSPLIT, $0-72
	MOVQ even_base+0(FP), DI
	MOVQ even_len+8(FP), CX
	MOVQ odd_base+24(FP), DX
	MOVQ src_base+48(FP), SI

loop:
	SUBQ    $8, CX
	JB      done
	VMOVUPS (SI), Y0
	VMOVUPS 32(SI), Y1
	VSHUFPS $0x88, Y1, Y0, Y2 // even of both, lanes crossed
	VSHUFPS $0xdd, Y1, Y0, Y3
	VPERMPD $0xd8, Y2, Y2
	VPERMPD $0xd8, Y3, Y3
	VMOVUPS Y2, (DI)
	VMOVUPS Y3, (DX)
	ADDQ    $64, SI
	ADDQ    $32, DI
	ADDQ    $32, DX
	JMP     loop

done:
	VZEROUPPER
	RET

// func zip2Blocks(dst, a, b []float32)
// joins len(a) floats of each side; len(a) is a multiple of 8.
TEXT ·zip2Blocks(SB), NOSPLIT, $0-72
	MOVQ dst_base+0(FP), DI
	MOVQ a_base+24(FP), SI
	MOVQ a_len+32(FP), CX
	MOVQ b_base+48(FP), DX

loop:
	SUBQ       $8, CX
	JB         done
	VMOVUPS    (SI), Y0
	VMOVUPS    (DX), Y1
	VUNPCKLPS  Y1, Y0, Y2
	VUNPCKHPS  Y1, Y0, Y3
	VPERM2F128 $0x20, Y3, Y2, Y4
	VPERM2F128 $0x31, Y3, Y2, Y5
	VMOVUPS    Y4, (DI)
	VMOVUPS    Y5, 32(DI)
	ADDQ       $32, SI
	ADDQ       $32, DX
	ADDQ       $64, DI
	JMP        loop

done:
	VZEROUPPER
	RET
