/* The one function that Go programs call of a DLL which Wine before 9 lacks. Made
 * into the Wine prefix of a test run and nowhere else. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID bytes, ULONG count); /* RtlGenRandom, of advapi32 */

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T count)
{
	while (count > 0) {
		ULONG some = count > 0x10000 ? 0x10000 : (ULONG)count;
		if (!SystemFunction036(bytes, some))
			return FALSE;
		bytes += some;
		count -= some;
	}
	return TRUE;
}
